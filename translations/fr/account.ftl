# La page de sécurité du client.

account-title = Sécurité de votre compte
account-lead = Comment vous vous connectez avec { $account }.
account-back = Retour à votre page de sécurité
account-save = Enregistrer
account-link = Voir vos méthodes de connexion et vos sessions ouvertes

account-browser = { $browser } sur { $system }
account-browser-unknown = Navigateur inconnu

## Confirmer à nouveau son identité, avant une modification

account-again-title = Confirmez à nouveau votre identité
account-again-lead = Avant toute modification de votre manière de vous connecter, nous vérifions que c’est bien vous. Vous reprendrez ensuite là où vous en étiez.

## Ce qui a été fait

account-done-factor-added = Le second facteur est configuré. Désormais, il peut vous être demandé à la connexion.
account-done-factor-renamed = Le nom est enregistré.
account-done-factor-removed = Le second facteur est supprimé. Toutes vos autres sessions ont été fermées.
account-done-codes-made = Vos nouveaux codes de secours sont enregistrés. Les anciens ne fonctionnent plus.
account-done-password-changed = Votre mot de passe est modifié. Toutes vos autres sessions ont été fermées.
account-done-preference-kept = C’est enregistré.
account-done-session-ended = La session y est fermée.
account-done-device-forgotten = C’est oublié. Un second facteur y sera demandé à la prochaine connexion.

## Les seconds facteurs

account-factors = Seconds facteurs
account-factors-none = Vous n’en avez aucun. Avec un second facteur, votre mot de passe ne suffit à personne pour se connecter.
account-factors-one = Ajoutez un autre moyen, pour pouvoir encore vous connecter si vous perdez celui-ci.
account-factor-dates = Ajouté le { $added }, utilisé pour la dernière fois le { $used }
account-factor-added = Ajouté le { $added }
account-factor-off = Désactivé après trop de réponses incorrectes. Remplacez-le ou supprimez-le.
account-factor-not-allowed = N’est plus accepté par ce centre d’assistance.
account-factor-change = Modifier
account-factor-add = Ajouter un second facteur
account-preferred = Me demander d’abord
account-preferred-last = Le dernier que j’ai utilisé

account-add-title = Ajouter un second facteur
account-add-lead = Si vous en avez plusieurs, vous pouvez encore vous connecter quand vous en perdez un.
account-add-none = Il n’y a rien à ajouter : vous avez tous ceux que ce centre d’assistance accepte.

account-factor-title = Modifier un second facteur
account-factor-name = Nom
account-factor-name-hint = Pour que vous sachiez duquel il s’agit : par exemple, l’appareil sur lequel il se trouve.
account-factor-rename = Enregistrer le nom
account-name-missing = Saisissez un nom.
account-name-too-long = Utilisez { $most } caractères au plus.
account-name-unusable = Ce nom contient des caractères qui ne peuvent pas être affichés.
    .more = Utilisez des lettres, des chiffres et des signes courants.
account-factor-replace = Remplacer
account-factor-replace-lead = Pour un nouveau téléphone, par exemple. Le nouveau est configuré d’abord ; celui-ci fonctionne jusque-là.
account-factor-remove = Supprimer
account-factor-remove-lead = Il ne vous sera plus demandé, et toutes vos autres sessions seront fermées.

account-remove-title = Supprimer ce second facteur ?
account-remove-lead = Il ne vous sera plus demandé. Toutes vos autres sessions seront fermées, et les appareils mémorisés ne le seront plus.
account-remove-codes = Vos codes de secours seront supprimés en même temps.
account-remove-button = Supprimer
account-remove-needed-title = Vous avez besoin de ce second facteur
account-remove-needed = { $least ->
    [one] Ce centre d’assistance exige un second facteur, et celui-ci est le dernier qui fonctionne. Ajoutez-en d’abord un autre, puis supprimez celui-ci.
   *[other] Ce centre d’assistance vous demande de garder { $least } seconds facteurs. Ajoutez-en d’abord un autre, puis supprimez celui-ci.
}

## Les codes de secours

account-codes-left = { $count ->
    [0] Vous les avez tous utilisés.
    [one] Il vous reste { $count } code.
   *[other] Il vous reste { $count } codes.
}
account-codes-none = Vous n’en avez aucun. Ils vous permettent de vous connecter quand vous perdez votre second facteur.
account-codes-make = Créer de nouveaux codes de secours
account-codes-title = Créer de nouveaux codes de secours ?
account-codes-lead = Chaque code vous permet de vous connecter une fois à la place d’un second facteur. Ils ne sont affichés qu’une fois : ayez de quoi les conserver à portée de main.
account-codes-replace = { $count ->
    [one] Le dernier code qui vous reste fonctionne jusqu’à ce que vous ayez enregistré les nouveaux.
   *[other] Les { $count } codes qui vous restent fonctionnent jusqu’à ce que vous ayez enregistré les nouveaux.
}

## Les sessions ouvertes

account-sessions = Vos sessions ouvertes
account-session-this = Ce navigateur
account-session-since = Depuis le { $when }
account-session-seen = Dernière activité le { $when }
account-session-end = Fermer la session
account-sessions-end = Fermer toutes les autres sessions

account-devices = Appareils mémorisés
account-devices-none = Aucun. À la connexion, vous pouvez faire mémoriser l’un de vos appareils.
account-devices-lead = Pour s’y connecter, votre mot de passe suffit.
account-device-dates = Utilisé pour la dernière fois le { $used }, mémorisé jusqu’au { $until }
account-device-forget = Oublier
account-devices-forget = Tout oublier

## Le mot de passe

account-password = Mot de passe
account-password-since = Choisi le { $day }.
account-password-none = Vous n’en avez pas : vous vous connectez sans.
account-password-change = Modifier votre mot de passe
account-password-set = Choisir un mot de passe
account-password-lead = Toutes vos autres sessions seront fermées, et les appareils mémorisés ne le seront plus.
account-password-current = Mot de passe actuel
account-password-save = Enregistrer le nouveau mot de passe
account-password-current-missing = Saisissez votre mot de passe actuel.
account-password-current-wrong = Ce n’est pas votre mot de passe actuel.
    .more = Après plusieurs tentatives, nous vous demandons de patienter quelques minutes.

## La langue

account-language = Langue
account-language-label = Langue de ces pages et de nos e-mails
