# Les e-mails aux clients.

mail-hello = Bonjour { $name },
mail-hello-anybody = Bonjour,
mail-foot = Vous recevez cet e-mail parce que cette adresse est celle d’un compte sur { $site }. Les réponses à cet e-mail ne sont pas lues.
mail-copy-link = Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :

mail-not-you = Ce n’était pas vous ?
mail-not-you-lead = Dans ce cas, quelqu’un d’autre connaît peut-être votre mot de passe. Bloquez votre compte : personne ne pourra s’y connecter tant que vous n’aurez pas choisi un nouveau mot de passe ou que les responsables de { $site } n’auront pas examiné le compte.
mail-freeze = Bloquer mon compte

mail-fact-when = Date et heure
mail-fact-browser = Navigateur
mail-fact-network = Réseau
mail-fact-method = Méthode
mail-fact-name = Nom
mail-fact-old-address = Ancienne adresse
mail-fact-new-address = Nouvelle adresse

mail-method-passkey = Clé d’accès
mail-method-totp = Application d’authentification
mail-method-yubikey = YubiKey
mail-method-duo = Duo
mail-method-sms = Code par SMS
mail-method-email-code = Code par e-mail
mail-method-questions = Questions de sécurité
mail-method-backup-codes = Codes de secours
mail-method-other = Autre méthode

mail-code-subject = Votre code de connexion à { $site }
mail-code-lead = Saisissez ce code sur la page où vous vous connectez à { $site } :
mail-code-life = { $minutes ->
    [one] Il ne sert qu’une fois et expire au bout d’une minute.
   *[other] Il ne sert qu’une fois et expire au bout de { $minutes } minutes.
}
mail-code-care = Personne chez { $site } ne vous demandera jamais ce code. Si vous n’êtes pas en train de vous connecter, quelqu’un d’autre connaît votre mot de passe : changez-le.

mail-reset-subject = Choisissez un nouveau mot de passe pour { $site }
mail-reset-lead = Quelqu’un, vous sans doute, a demandé un nouveau mot de passe pour votre compte sur { $site }.
mail-reset-button = Choisir un nouveau mot de passe
mail-reset-life = { $minutes ->
    [one] Le lien ne fonctionne qu’une fois et expire au bout d’une minute. Votre second facteur vous sera toujours demandé à la connexion.
   *[other] Le lien ne fonctionne qu’une fois et expire au bout de { $minutes } minutes. Votre second facteur vous sera toujours demandé à la connexion.
}
mail-reset-care = Si ce n’était pas vous, ne faites rien : votre mot de passe reste inchangé.

mail-set-subject = Bienvenue sur { $site } : choisissez votre mot de passe
mail-set-lead = Un compte a été créé pour vous sur { $site }. Choisissez un mot de passe pour vous connecter.
mail-set-button = Choisir mon mot de passe
mail-set-life = { $hours ->
    [one] Le lien ne fonctionne qu’une fois et expire au bout d’une heure.
   *[other] Le lien ne fonctionne qu’une fois et expire au bout de { $hours } heures.
}

mail-factor-added-subject = Nouveau second facteur sur { $site }
mail-factor-added-lead = Un second facteur a été ajouté à votre compte sur { $site }.
mail-factor-removed-subject = Second facteur supprimé sur { $site }
mail-factor-removed-lead = Un second facteur a été supprimé de votre compte sur { $site }.

mail-factors-reset-subject = Vos seconds facteurs sur { $site } ont été supprimés
mail-factors-reset-lead = Tous les seconds facteurs de votre compte sur { $site } ont été supprimés. Vous en configurerez un nouveau à votre prochaine connexion.

mail-welcome-subject = Bienvenue sur { $site }
mail-welcome-lead = Un compte a été créé pour vous sur { $site }. Connectez-vous avec cette adresse e-mail et le mot de passe qui vous a été donné.
mail-welcome-more = Il vous sera peut-être demandé de configurer un second facteur, par exemple une application d’authentification. Cela prend une minute.

mail-password-changed-subject = Votre mot de passe pour { $site } a été modifié
mail-password-changed-lead = Le mot de passe de votre compte sur { $site } a été modifié. Toutes vos autres sessions ont été fermées.

mail-password-off-subject = Votre mot de passe pour { $site } doit être renouvelé
mail-password-off-lead = De mauvais mots de passe ont été saisis cent fois de suite pour votre compte sur { $site }. Personne n’a pu s’y connecter. Pour que personne ne le devine, votre mot de passe n’y fonctionne plus, sauf dans les navigateurs que vous avez déjà utilisés avec ce compte.
mail-password-off-care = Pour vous connecter ailleurs, utilisez « Mot de passe oublié ? » sur la page de connexion, puis choisissez un nouveau mot de passe.

mail-email-changed-subject = Votre adresse e-mail sur { $site } a été modifiée
mail-email-changed-lead = Les e-mails concernant votre compte sur { $site } sont désormais envoyés à une autre adresse, et c’est avec elle que vous vous connectez.

mail-backup-used-subject = Un code de secours a été utilisé sur { $site }
mail-backup-used-lead = L’un de vos codes de secours a servi à une connexion à { $site }.
mail-backup-used-left = { $left ->
    [0] Il n’en reste aucun. Créez-en de nouveaux sur votre page de sécurité.
    [one] Il n’en reste qu’un. Créez-en bientôt de nouveaux sur votre page de sécurité.
   *[other] Il en reste { $left }.
}
mail-backup-made-subject = Nouveaux codes de secours pour { $site }
mail-backup-made-lead = De nouveaux codes de secours ont été créés pour votre compte sur { $site }. Les précédents ne fonctionnent plus.

mail-device-subject = Connexion à { $site } depuis un nouveau navigateur
mail-device-lead = Une connexion à votre compte sur { $site } a eu lieu depuis un navigateur qui n’avait jamais été utilisé avec ce compte.

mail-device-copied-subject = Un second facteur est à nouveau demandé sur un appareil mémorisé par { $site }
mail-device-copied-lead = Un appareil que vous aviez demandé à { $site } de mémoriser s’est connecté avec des données enregistrées qui avaient déjà servi. Elles viennent peut-être de l’une de vos sauvegardes, ou quelqu’un les a peut-être copiées. Cet appareil n’est plus mémorisé.

mail-failed-subject = Connexion à { $site } arrêtée au second facteur
mail-failed-lead = Quelqu’un a saisi le bon mot de passe de votre compte sur { $site }, mais pas de second facteur correct. L’accès lui a été refusé.
mail-failed-care = Si c’était vous, vous n’avez rien à faire.

mail-recovery-started-subject = La récupération de votre compte sur { $site } a commencé
mail-recovery-started-lead = Quelqu’un a demandé la suppression du second facteur de votre compte sur { $site }, parce qu’il a été perdu. Pour votre sécurité, cela prend un certain temps :
mail-recovery-ready-at = Possible à partir du
mail-recovery-started-care = Nous vous écrirons à nouveau à ce moment-là. Si ce n’était pas vous, annulez la récupération maintenant.
mail-recovery-cancel = Annuler la récupération
mail-recovery-ready-subject = Vous pouvez maintenant récupérer votre compte sur { $site }
mail-recovery-ready-lead = Le délai est écoulé : vous pouvez configurer un nouveau second facteur pour votre compte sur { $site }. Il vous faudra votre mot de passe.
mail-recovery-ready-button = Récupérer mon compte
mail-recovery-ready-care = Si vous n’avez pas fait cette demande, annulez la récupération.
mail-recovery-cancelled-subject = La récupération sur { $site } a été annulée
mail-recovery-cancelled-lead = La récupération de votre compte sur { $site } a été annulée. Rien n’a été modifié.

mail-frozen-subject = Votre compte sur { $site } est bloqué
mail-frozen-lead = Votre compte sur { $site } a été bloqué au moyen du lien figurant dans l’un de nos e-mails. Personne ne peut s’y connecter, pas même vous.
mail-frozen-care = Pour y accéder à nouveau, utilisez « Mot de passe oublié ? » sur la page de connexion, puis choisissez un nouveau mot de passe. Si aucun e-mail n’arrive alors, contactez les responsables de { $site }.
