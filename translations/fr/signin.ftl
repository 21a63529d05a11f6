# La connexion : mot de passe, nouveau mot de passe, retour, déconnexion.

signin-continue = Continuer
signin-cancel = Annuler et revenir
signin-help-centre = Aller au centre d’assistance

## Le mot de passe

signin-password-title = Se connecter
signin-password-name = Adresse e-mail ou nom d’utilisateur
signin-password-password = Mot de passe

signin-passkey = Se connecter avec une clé d’accès

signin-error-name-missing = Saisissez votre adresse e-mail ou votre nom d’utilisateur.
signin-error-password-missing = Saisissez votre mot de passe.
signin-error-no-match = L’adresse e-mail ou le nom d’utilisateur et le mot de passe ne correspondent pas.
    .more = Vérifiez les deux et réessayez. Après plusieurs tentatives, nous vous demandons de patienter quelques minutes.
signin-error-busy = De nombreuses personnes se connectent en ce moment.
    .more = Votre compte n’est pas en cause : patientez quelques secondes, puis réessayez.
signin-error-passkey = Cette clé d’accès n’a pas permis de vous connecter.
    .more = Réessayez, ou saisissez votre adresse e-mail ou votre nom d’utilisateur et votre mot de passe.

## Un nouveau mot de passe

signin-new-password-title = Choisir un nouveau mot de passe
signin-new-password-longer = Les règles de ce centre d’assistance exigent désormais un mot de passe plus long. Celui-ci est pour { $account }.
signin-new-password-reset = Les responsables de ce centre d’assistance vous demandent de choisir un nouveau mot de passe. Celui-ci est pour { $account }.
signin-new-password-password = Nouveau mot de passe
signin-new-password-rules = Au moins { $minimum } caractères. Les espaces et toutes les lettres sont admis ; quelques mots sans rapport entre eux sont faciles à retenir.
signin-new-password-repeat = Confirmez le mot de passe
signin-new-password-save = Enregistrer et continuer

signin-error-too-short = Utilisez au moins { $minimum } caractères.
    .more = Quelques mots sans rapport entre eux font un bon mot de passe.
signin-error-too-long = Ce mot de passe est trop long.
    .more = Utilisez 1 000 caractères au plus.
signin-error-common = Ce mot de passe est trop courant.
    .more = Il figure sur une liste que les pirates essaient en premier : choisissez-en un autre.
signin-error-context = Ce mot de passe est facile à deviner.
    .more = Il contient votre nom, votre adresse e-mail ou le nom de ce centre d’assistance : choisissez-en un autre.
signin-error-mismatch = Les deux mots de passe sont différents.
    .more = Saisissez deux fois le même.
signin-error-same = C’est votre mot de passe actuel.
    .more = Choisissez-en un autre.
signin-error-unusable = Ce mot de passe contient des caractères que vous ne pourrez peut-être pas saisir à nouveau à l’identique.
    .more = Choisissez-en un autre.

## Le retour au centre d'assistance

signin-done-page-title = Connexion en cours
signin-done-title = Connexion réussie
signin-done-lead = Retour à { $site }…
signin-done-lead-nameless = Retour au centre d’assistance…
signin-done-hint = Si rien ne se passe d’ici quelques secondes :

## La déconnexion

signin-out-page-title = Se déconnecter
signin-out-title = Se déconnecter ?
signin-out-lead = Vous utilisez le compte { $account }. La prochaine fois, votre mot de passe vous sera redemandé.
signin-out-button = Se déconnecter

## Les pages qui informent seulement

signin-notice-expired = Cette connexion a pris trop de temps
    .sentence = Pour protéger votre compte, une connexion doit être terminée dans les quelques minutes qui suivent son début.
    .way-on = Retournez au centre d’assistance et choisissez à nouveau « Se connecter ».
signin-notice-finished = Votre connexion est déjà établie
    .sentence = Cette connexion est déjà terminée : il n’y a plus rien à faire sur cette page.
    .way-on = Retournez au centre d’assistance pour continuer.
signin-notice-cancelled = Vous avez annulé la connexion
    .sentence = La connexion n’a pas eu lieu, et rien n’a été modifié.
    .way-on = Vous pouvez vous connecter depuis le centre d’assistance quand vous le souhaitez.
signin-notice-other-browser = Cette connexion appartient à un autre navigateur
    .sentence = Elle a été commencée dans un autre navigateur ou une fenêtre privée, et ne peut être terminée que là.
    .way-on = Retournez au centre d’assistance dans ce navigateur et choisissez à nouveau « Se connecter ».
signin-notice-not-configured = La connexion n’est pas encore configurée
    .sentence = Les responsables de ce centre d’assistance n’ont pas fini de configurer la connexion.
    .way-on = Contactez le propriétaire du centre d’assistance et communiquez-lui la référence ci-dessous.
signin-notice-request-refused = Nous n’avons pas pu accepter cette connexion
    .sentence = La requête qui vous a amené ici était périmée ou ne correspondait pas à ce que cette page attend. Vous n’avez commis aucune erreur.
    .way-on = Retournez au centre d’assistance et choisissez à nouveau « Se connecter ». Si cela se reproduit, contactez son propriétaire et communiquez-lui la référence ci-dessous.
signin-notice-site-gone = On ne se connecte plus ici à ce centre d’assistance
    .sentence = Son propriétaire n’utilise plus cette page de connexion.
    .way-on = Contactez le propriétaire du centre d’assistance pour savoir comment vous connecter désormais.
signin-notice-signed-out = Déconnexion effectuée
    .sentence = Votre session sur cette page est fermée. Le centre d’assistance lui-même peut garder votre connexion ouverte tant que vous ne vous y déconnectez pas aussi.
    .way-on = Sur un ordinateur partagé, fermez aussi le navigateur.
signin-notice-language-chosen = Votre langue est enregistrée
    .sentence = Dans ce navigateur, les pages de connexion sont désormais en français.
    .way-on = Retournez au centre d’assistance pour continuer.
signin-notice-busy = Nous sommes très sollicités en ce moment
    .sentence = De nombreuses personnes se connectent à cet instant. Votre compte n’est pas en cause.
    .way-on = Patientez quelques secondes, puis rechargez cette page.

## Les seconds facteurs

signin-another-way = Essayer une autre méthode
signin-skip = Pas maintenant
signin-skip-until = Vous pouvez le faire plus tard, jusqu’au { $day }.
signin-skip-times = { $count ->
    [one] Vous pouvez encore remettre cela à plus tard { $count } fois.
   *[other] Vous pouvez encore remettre cela à plus tard { $count } fois.
}
signin-codes-later = Pas maintenant
signin-choose-title = Choisissez une seconde méthode pour confirmer votre identité
signin-choose-lead = Désormais, pour vous connecter, il faut votre mot de passe et l’une de ces méthodes. Vous pourrez en ajouter d’autres plus tard.
signin-recommended = Recommandé
signin-weaker = Moins sûr
signin-another-title = Ajoutez une autre méthode pour confirmer votre identité
signin-another-lead = { $count ->
    [one] Si vous perdez un jour celle que vous avez, celle-ci vous permettra de vous connecter. Ce centre d’assistance demande à chacun { $count } méthode en plus du mot de passe.
   *[other] Si vous perdez un jour celle que vous avez, une autre vous permettra de vous connecter. Ce centre d’assistance demande à chacun { $count } méthodes en plus du mot de passe.
}
signin-more-ways = Une seconde méthode de connexion, sur un autre appareil, vous aidera si vous perdez celle-ci. Vous pouvez en ajouter à tout moment.
signin-ways-title = Confirmez votre identité
signin-no-way-left-title = Plus aucune méthode disponible
signin-no-way-left = Votre second facteur est désactivé ou n’est plus autorisé ici. Demandez aux responsables de votre centre d’assistance de le réinitialiser.
