# Les seconds facteurs : leur nom, leur configuration, leur demande.

factors-sign-in = Se connecter
factors-confirm = Confirmer et se connecter
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

## L'application d'authentification

factors-totp-name = Application d’authentification
factors-totp-choice = Un code fourni par une application sur votre téléphone.
factors-totp-enrol-title = Configurer une application d’authentification
factors-totp-enrol-lead = Désormais, pour vous connecter, il faut votre mot de passe et un code fourni par une application sur votre téléphone. La configuration ne se fait qu’une fois et prend environ deux minutes.
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
