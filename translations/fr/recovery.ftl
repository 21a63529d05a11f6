# Les retours : mot de passe oublié, seconds facteurs perdus, blocage du compte.

recovery-forgotten-link = Mot de passe oublié ?
recovery-forgotten-title = Choisir un nouveau mot de passe
recovery-forgotten-lead = Indiquez-nous qui vous êtes, et nous vous enverrons un e-mail avec un lien pour choisir un nouveau mot de passe.
recovery-forgotten-send = M’envoyer un e-mail
recovery-back = Retour

recovery-new-password-title = Choisir un nouveau mot de passe
recovery-new-password-lead = Pour { $account }. Toutes vos sessions seront fermées, et votre second facteur vous sera demandé à la connexion, comme toujours.
recovery-first-password-title = Choisissez votre mot de passe
recovery-first-password-lead = Pour { $account }. Vous vous connecterez ensuite avec votre adresse e-mail ou votre nom d’utilisateur et ce mot de passe.

## La page d'un lien : un bouton

recovery-account = Il s’agit du compte { $account }.

recovery-freeze = Bloquer votre compte ?
    .sentence = Si quelqu’un d’autre utilise votre compte, bloquez-le : toutes les sessions seront fermées, et personne ne pourra se connecter, pas même vous.
    .way-on = Pour y accéder à nouveau, utilisez « Mot de passe oublié ? » sur la page de connexion, puis choisissez un nouveau mot de passe grâce à l’e-mail que nous vous enverrons.
    .button = Bloquer mon compte
recovery-cancel = Annuler la récupération ?
    .sentence = Quelqu’un a demandé la suppression des seconds facteurs de ce compte. Si ce n’était pas vous, ou si vous avez retrouvé les vôtres, annulez la récupération : rien ne sera modifié.
    .way-on = Si ce n’était pas vous, quelqu’un d’autre connaît votre mot de passe. Choisissez-en aussi un nouveau.
    .button = Annuler la récupération
recovery-recover = Supprimer vos seconds facteurs ?
    .sentence = Le délai est écoulé. Tous les seconds facteurs de votre compte et ses codes de secours seront supprimés, et toutes les sessions seront fermées.
    .way-on = Connectez-vous ensuite avec votre mot de passe, et configurez un nouveau second facteur.
    .button = Supprimer mes seconds facteurs

## Les pages qui informent seulement

recovery-mail-sent = Consultez votre messagerie
    .sentence = S’il existe un compte à ce nom, un e-mail contenant un lien est en route vers son adresse.
    .way-on = Il devrait arriver dans quelques minutes ; regardez aussi dans le dossier des courriers indésirables. Si rien n’arrive, vérifiez que vous avez bien écrit le nom et patientez un peu avant de refaire une demande, ou contactez les responsables de votre centre d’assistance.
recovery-link-void = Ce lien ne fonctionne plus
    .sentence = Un lien ne fonctionne qu’une fois et pendant un certain temps seulement, et un e-mail plus récent peut en remplacer un plus ancien.
    .way-on = Si vous en avez encore besoin, recommencez depuis la page de connexion du centre d’assistance. Votre compte n’est pas en cause.
recovery-password-set = Votre mot de passe est enregistré
    .sentence = Vous devez encore vous connecter, et toutes les sessions ouvertes ont été fermées.
    .way-on = Retournez au centre d’assistance, choisissez « Se connecter » et utilisez votre nouveau mot de passe.
recovery-frozen = Votre compte est bloqué
    .sentence = Toutes les sessions sont fermées, et personne ne peut se connecter.
    .way-on = Pour y accéder à nouveau, utilisez « Mot de passe oublié ? » sur la page de connexion, puis choisissez un nouveau mot de passe. Si aucun e-mail n’arrive, contactez les responsables de votre centre d’assistance.
recovery-cancelled = La récupération est annulée
    .sentence = Vos seconds facteurs restent inchangés.
    .way-on = Si la demande ne venait pas de vous, choisissez un nouveau mot de passe : pour cela, utilisez « Mot de passe oublié ? » sur la page de connexion.
recovery-recovered = Vos seconds facteurs sont supprimés
    .sentence = Vous devez encore vous connecter.
    .way-on = Retournez au centre d’assistance, connectez-vous avec votre mot de passe, et configurez un nouveau second facteur.

## Tous les seconds facteurs sont perdus

recovery-lost-link = Je n’ai plus accès à aucune de ces méthodes
recovery-lost-title = Vous avez perdu vos seconds facteurs
recovery-lost-ask = Contactez les responsables de votre centre d’assistance et demandez-leur de réinitialiser votre second facteur.
recovery-lost-lead = Nous pouvons envoyer à { $account } un lien qui les supprime, pour que vous puissiez en configurer de nouveaux.
recovery-lost-wait = Pour votre sécurité, le lien n’arrive qu’après un délai : le { $when }.
recovery-lost-care = Nous vous écrivons aussitôt pour signaler votre demande. La personne qui lit cet e-mail peut annuler la récupération.
recovery-lost-begin = Démarrer le délai
recovery-lost-under-way = Le délai a commencé. Nous avons écrit à { $account }.
recovery-lost-ready-at = L’e-mail contenant le lien arrivera le { $when }.
recovery-lost-found = Si vous retrouvez votre second facteur, il suffit de l’utiliser pour vous connecter : la récupération sera annulée.
recovery-lost-ready = Le délai est écoulé : le lien se trouve dans notre e-mail à { $account }.
recovery-lost-until = Vous pouvez l’utiliser jusqu’au { $when }.
recovery-lost-again = M’envoyer à nouveau l’e-mail
recovery-lost-too-often = Cette demande a été faite trop souvent ces derniers temps. Réessayez demain, ou contactez les responsables de votre centre d’assistance.
