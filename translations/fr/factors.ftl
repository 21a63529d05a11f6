# Les seconds facteurs : leur nom, leur configuration, leur demande.

factors-sign-in = Se connecter
factors-confirm = Confirmer et se connecter
factors-confirm-adding = Confirmer
factors-remember = { $days ->
    [one] Ne pas demander de second facteur sur cet appareil pendant { $days } jour
   *[other] Ne pas demander de second facteur sur cet appareil pendant { $days } jours
}
factors-continue = Continuer
factors-no-more-codes = Plus aucun code accepté pour le moment

factors-wait-seconds = Trop de tentatives.
    .more = { $count ->
        [one] Patientez { $count } seconde, puis réessayez.
       *[other] Patientez { $count } secondes, puis réessayez.
    }
factors-wait-minutes = Trop de tentatives.
    .more = { $count ->
        [one] Patientez { $count } minute, puis réessayez.
       *[other] Patientez { $count } minutes, puis réessayez.
    }
factors-off = Cette méthode a été désactivée après trop de réponses incorrectes.
    .more = Utilisez-en une autre, ou demandez aux responsables de votre centre d’assistance de réinitialiser celle-ci.
factors-taken = Cet élément est déjà utilisé.
    .more = Choisissez-en un autre, ou revenez en arrière.

## Les clés d'accès

factors-passkey-name = Clé d’accès
factors-passkey-choice = Votre empreinte digitale, votre visage, le verrouillage de l’écran ou une clé de sécurité. Rien à saisir.
factors-passkey-made-with = { $browser } sur { $system }
factors-passkey-enrol-title = Configurer une clé d’accès
factors-passkey-enrol-lead = Désormais, pour vous connecter, il faut votre mot de passe et une clé d’accès : votre empreinte digitale, votre visage, le verrouillage de l’écran ou une clé de sécurité. Votre navigateur vous demande où la conserver.
factors-passkey-create = Créer une clé d’accès
factors-passkey-ask-title = Utilisez votre clé d’accès
factors-passkey-ask-lead = Confirmez avec votre empreinte digitale, votre visage, le verrouillage de l’écran ou votre clé de sécurité que { $account } est bien votre compte.
factors-passkey-use = Continuer avec une clé d’accès
factors-passkey-cancelled = Aucune clé d’accès n’a été utilisée. Réessayez quand vous le souhaitez, ou choisissez une autre méthode.
factors-passkey-exists-here = Cet appareil ou cette clé de sécurité contient déjà une clé d’accès pour ce compte. Utilisez un autre appareil ou une autre clé de sécurité.
factors-passkey-failed = Votre navigateur n’a pas pu utiliser de clé d’accès ici. Réessayez, ou choisissez une autre méthode.
factors-passkey-unsupported = Ce navigateur ne prend pas en charge les clés d’accès, ou ses scripts sont désactivés. Choisissez une autre méthode, ou utilisez un autre navigateur.
factors-passkey-refused = Cette clé d’accès n’a pas été acceptée.
    .more = Réessayez, ou choisissez une autre méthode.
factors-passkey-late = Cela a pris trop de temps.
    .more = Réessayez : cette page vient d’être actualisée.
factors-passkey-exists = Vous avez déjà cette clé d’accès.
    .more = Utilisez un autre appareil ou une autre clé de sécurité.
factors-passkey-copied = Cette clé d’accès n’a pas été acceptée : il en existe peut-être une copie.
    .more = Choisissez une autre méthode, puis supprimez cette clé d’accès et créez-en une nouvelle.

## L'application d'authentification

factors-totp-name = Application d’authentification
factors-totp-choice = Un code fourni par une application sur votre téléphone.
factors-totp-enrol-title = Configurer une application d’authentification
factors-totp-enrol-lead = Désormais, pour vous connecter, il faut votre mot de passe et un code fourni par une application sur votre téléphone. La configuration ne se fait qu’une fois et prend environ deux minutes.
factors-totp-adding-lead = Ajoutez votre compte à une application, puis saisissez un code qu’elle affiche. Cela prend environ deux minutes.
factors-totp-get = Installez une application
factors-totp-get-lead = Toute application d’authentification convient : Google Authenticator, Microsoft Authenticator, 2FAS, Aegis, 1Password ou Bitwarden, par exemple. Si vous en avez déjà une, utilisez-la.
factors-totp-add = Ajoutez-y ce compte
factors-totp-scan = Dans l’application, choisissez d’ajouter un compte, puis scannez ce code.
factors-totp-qr = Code QR qui ajoute ce compte à une application d’authentification. La clé ci-dessous a le même effet.
factors-totp-same-phone = Vous lisez ceci sur ce téléphone ?
factors-totp-same-phone-link = Ajouter directement le compte à l’application
factors-totp-by-hand = Impossible de le scanner ?
factors-totp-by-hand-lead = Choisissez la saisie manuelle d’une clé, puis indiquez :
factors-totp-account = Compte
factors-totp-key = Clé
factors-totp-type = Type
factors-totp-type-value = Basé sur le temps, 6 chiffres
factors-totp-enter = Saisissez le code affiché
factors-totp-code-title = Saisissez votre code
factors-totp-code-lead = Ouvrez l’application d’authentification sur votre téléphone et cherchez le code de { $account }.
factors-totp-code-label = Code de l’application
factors-totp-code-hint = 6 chiffres. Il change toutes les 30 secondes.
factors-totp-missing = Saisissez le code à 6 chiffres de votre application d’authentification.
factors-totp-malformed = Le code comporte 6 chiffres, comme 123 456.
    .more = Saisissez celui que votre application affiche en ce moment.
factors-totp-wrong = Ce code est incorrect.
    .more = Saisissez le code le plus récent que votre application affiche pour ce compte.
factors-totp-used = Ce code a déjà été utilisé.
    .more = Attendez le suivant : votre application affiche un nouveau code toutes les 30 secondes.
factors-totp-clock-behind = { $count ->
        [one] L’horloge de votre appareil retarde d’environ { $count } minute.
       *[other] L’horloge de votre appareil retarde d’environ { $count } minutes.
    }
    .more = Réglez la date et l’heure sur automatique, puis saisissez un nouveau code.
factors-totp-clock-ahead = { $count ->
        [one] L’horloge de votre appareil avance d’environ { $count } minute.
       *[other] L’horloge de votre appareil avance d’environ { $count } minutes.
    }
    .more = Réglez la date et l’heure sur automatique, puis saisissez un nouveau code.

## Les codes de secours

factors-backup-name = Codes de secours
factors-backup-choice = L’un des codes que vous avez enregistrés lors de la configuration.
factors-backup-new-title = Enregistrez vos codes de secours
factors-backup-new-lead = Si vous perdez votre téléphone, l’un de ces codes vous permettra quand même de vous connecter. Chacun ne sert qu’une fois. Ils ne sont affichés que maintenant.
factors-backup-download = Télécharger
factors-backup-copy = Copier
factors-backup-copied = Codes copiés.
factors-backup-print = Imprimer
factors-backup-saved = J’ai enregistré ces codes en lieu sûr
factors-backup-unsaved = Confirmez que vous avez enregistré les codes.
    .more = Ils ne seront plus affichés.
factors-backup-file = Codes de secours pour { $site }. Chacun ne sert qu’une fois.
factors-backup-file-name = codes-de-secours
factors-backup-ask-title = Saisissez un code de secours
factors-backup-ask-lead = Utilisez l’un des codes que vous avez enregistrés pour { $account }.
factors-backup-label = Code de secours
factors-backup-left = { $count ->
    [one] 16 lettres et chiffres. Il vous reste { $count } code.
   *[other] 16 lettres et chiffres. Il vous reste { $count } codes.
}
factors-backup-missing = Saisissez l’un de vos codes de secours.
factors-backup-malformed = Un code de secours comporte 16 lettres et chiffres, comme ABCD-EFGH-1234-5678.
factors-backup-wrong = Ce n’est pas l’un de vos codes de secours.
    .more = Si vous en avez créé de nouveaux depuis, les anciens ne fonctionnent plus.
factors-backup-used = Ce code a déjà été utilisé.
    .more = Saisissez-en un autre.

## Les questions de sécurité

factors-questions-name = Questions de sécurité
factors-questions-choice = Des réponses que vous devriez être la seule personne à connaître.
factors-questions-enrol-title = Configurer des questions de sécurité
factors-questions-enrol-lead = Question { $number } sur { $count }. Choisissez-en une dont personne d’autre ne peut trouver ou deviner la réponse, et dont vous vous souviendrez mot pour mot.
factors-questions-question = Question
factors-questions-choose = Choisissez une question
factors-questions-concert = Quel est le premier concert ou spectacle où vous êtes allé sans vos parents ?
factors-questions-by-heart = Quel livre ou film connaissiez-vous par cœur dans votre enfance ?
factors-questions-teacher = Comment s’appelait le premier enseignant dont vous vous souvenez ?
factors-questions-sunrise = Où étiez-vous la dernière fois que vous avez vu le soleil se lever ?
factors-questions-food = Quel est l’aliment le plus étrange que vous ayez mangé ?
factors-questions-ten = Quel métier vouliez-vous faire quand vous aviez dix ans ?
factors-questions-bought = Quelle est la première chose que vous avez achetée avec de l’argent gagné ?
factors-questions-place = Quel endroit aimeriez-vous revoir ?
factors-questions-answer = Votre réponse
factors-questions-answer-hint = Les majuscules et les espaces en trop ne comptent pas. La réponse n’a pas besoin d’être vraie : il suffit qu’elle soit la même à chaque fois.
factors-questions-show = Afficher ce que je saisis
factors-questions-ask-title = Répondez à vos questions de sécurité
factors-questions-ask-lead = Vous avez configuré ces questions pour { $account }.
factors-questions-unchosen = Choisissez une question.
factors-questions-answer-missing = Saisissez une réponse.
factors-questions-too-short = Cette réponse est trop courte.
    .more = Utilisez au moins 3 lettres ou chiffres.
factors-questions-too-long = Cette réponse est trop longue.
    .more = Utilisez 200 caractères au plus.
factors-questions-common = Cette réponse est l’une de celles que l’on essaie en premier.
    .more = Choisissez-en une que vous seriez la seule personne à donner.
factors-questions-of-question = Cette réponse ne fait que répéter la question.
    .more = Choisissez-en une autre.
factors-questions-of-customer = Cette réponse est votre nom, votre adresse ou le nom de ce centre d’assistance.
    .more = D’autres la connaissent : choisissez-en une autre.
factors-questions-again = Vous avez déjà donné cette réponse.
    .more = Chaque question doit avoir sa propre réponse.
factors-questions-missing = Répondez à toutes les questions.
factors-questions-wrong = Ce n’est pas correct.
    .more = Au moins une réponse diffère de ce que vous avez configuré. Vérifiez-les toutes et réessayez.
factors-questions-changed = Vos réponses n’ont pas été examinées.
    .more = Réessayez ; si vous avez configuré de nouvelles réponses entre-temps, annulez et reconnectez-vous.

## Les YubiKeys

factors-yubikey-name = YubiKey
factors-yubikey-choice = Vous touchez une YubiKey, qui saisit un mot de passe à usage unique.
factors-yubikey-enrol-title = Configurer une YubiKey
factors-yubikey-enrol-lead = Désormais, pour vous connecter, il faut saisir votre mot de passe et toucher votre YubiKey.
factors-yubikey-ask-title = Touchez votre YubiKey
factors-yubikey-ask-lead = Utilisez une YubiKey que vous avez configurée pour { $account }.
factors-yubikey-label = Mot de passe à usage unique
factors-yubikey-hint = Branchez la YubiKey, sélectionnez ce champ et touchez le contact doré. Elle saisit le mot de passe et l’envoie.
factors-yubikey-missing = Touchez votre YubiKey pendant que ce champ est sélectionné.
factors-yubikey-malformed = Ce n’est pas ce que saisit une YubiKey.
    .more = Videz le champ, sélectionnez-le et touchez la YubiKey une fois.
factors-yubikey-foreign = Cette YubiKey n’est pas configurée pour vous.
    .more = Utilisez l’une des vôtres, ou une autre méthode.
factors-yubikey-wrong = Ce mot de passe à usage unique est incorrect.
    .more = Touchez à nouveau votre YubiKey.
factors-yubikey-used = Ce mot de passe à usage unique a déjà été utilisé.
    .more = Touchez à nouveau votre YubiKey.
factors-yubikey-away = Votre YubiKey ne peut pas être vérifiée pour le moment. Vous n’y êtes pour rien.
    .more = Touchez-la à nouveau dans une minute, ou utilisez une autre méthode.

## Duo

factors-duo-name = Duo
factors-duo-choice = Approuvez la connexion avec Duo Mobile ou une autre méthode que vous avez chez Duo.
factors-duo-enrol-title = Configurer Duo
factors-duo-enrol-lead = Duo vous demande votre approbation une fois, pour le compte { $account }. Ensuite, pour vous connecter, il faut votre mot de passe et votre approbation chez Duo.
factors-duo-ask-title = Approuvez la connexion avec Duo
factors-duo-ask-lead = Duo vous demande d’approuver la connexion de { $account }, puis vous ramène ici.
factors-duo-go = Continuer vers Duo
factors-duo-denied = Duo indique que la demande a été refusée.
    .more = Si c’était une erreur, réessayez.
factors-duo-ended = Rien n’a été approuvé chez Duo.
    .more = Réessayez, ou utilisez une autre méthode.
factors-duo-stale = Cette approbation a expiré ou a déjà été utilisée.
    .more = Réessayez.
factors-duo-foreign = La réponse de Duo ne correspond pas à cette connexion.
    .more = Réessayez à partir d’ici.
factors-duo-away = Duo ne répond pas pour le moment. Vous n’y êtes pour rien.
    .more = Réessayez dans une minute, ou utilisez une autre méthode.

## Les codes par e-mail et par SMS

factors-sent-none-title = Aucun code n’a été envoyé
factors-sent-label = Code
factors-sent-hint = { $count ->
    [one] 6 chiffres. Il ne sert qu’une fois et expire au bout de { $count } minute.
   *[other] 6 chiffres. Il ne sert qu’une fois et expire au bout de { $count } minutes.
}
factors-sent-again = Envoyer un nouveau code
factors-sent-missing = Saisissez le code à 6 chiffres qui vous a été envoyé.
factors-sent-malformed = Le code comporte 6 chiffres, comme 123 456.
factors-sent-wrong = Ce code est incorrect.
    .more = Saisissez le plus récent de ceux qui vous ont été envoyés ; les précédents ne fonctionnent plus.
factors-sent-expired = Ce code est trop ancien.
    .more = Demandez-en un nouveau.
factors-sent-none = Plus aucun code n’est valable.
    .more = Demandez-en un nouveau.
factors-sent-too-many = Beaucoup de codes vous ont été envoyés.
    .more = { $count ->
        [one] Un autre pourra être envoyé dans { $count } minute.
       *[other] Un autre pourra être envoyé dans { $count } minutes.
    }

factors-email-name = Code par e-mail
factors-email-choice = Un code envoyé à votre adresse e-mail.
factors-email-title = Saisissez le code reçu par e-mail
factors-email-lead = Un code a été envoyé à { $to }. S’il n’est pas arrivé dans une minute, regardez dans le dossier des courriers indésirables.
factors-email-none = Aucun code n’a pu être envoyé à { $to } pour le moment.
factors-email-refused = Les e-mails à votre adresse sont refusés par son serveur.
    .more = Utilisez une autre méthode, ou contactez les responsables de votre centre d’assistance.

factors-sms-name = Code par SMS
factors-sms-choice = Un code envoyé par SMS sur votre téléphone.
factors-sms-enrol-title = Configurer les codes par SMS
factors-sms-enrol-lead = Désormais, pour vous connecter, il faut votre mot de passe et un code envoyé sur votre téléphone.
factors-sms-number = Numéro de téléphone mobile
factors-sms-number-hint = Avec l’indicatif du pays, comme +33 6 39 98 12 34.
factors-sms-send = Envoyer un code
factors-sms-title = Saisissez le code reçu par SMS
factors-sms-lead = Un SMS contenant un code a été envoyé au { $to }.
factors-sms-none = Aucun code n’a pu être envoyé au { $to } pour le moment.
factors-sms-another = Utiliser un autre numéro
factors-sms-number-missing = Saisissez votre numéro de téléphone mobile.
factors-sms-number-character = Ce numéro contient quelque chose qui n’a pas sa place dans un numéro de téléphone.
    .more = Utilisez des chiffres, précédés d’un plus.
factors-sms-number-country = Saisissez le numéro avec l’indicatif du pays.
    .more = Il commence par un plus, comme +33 6 39 98 12 34.
factors-sms-number-short = Ce numéro est trop court.
    .more = Vérifiez qu’il ne manque aucun chiffre.
factors-sms-number-long = Ce numéro est trop long.
    .more = Un numéro de téléphone comporte 15 chiffres au plus.
factors-sms-refused = Le SMS n’a pas pu être remis.
    .more = Demandez un nouveau code, ou utilisez une autre méthode.
factors-sms-text = { $code } est votre code de connexion à { $site }. Ne le communiquez à personne.
factors-sms-text-short = { $code } est votre code de connexion. Ne le communiquez à personne.
