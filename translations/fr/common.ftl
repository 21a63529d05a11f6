# Dit sur plus d'une page.

common-language = Langue :
common-reference = Référence
common-error-title = Erreur : { $title }

common-day = { $day ->
    [1] 1er
   *[2] { $day }
} { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
} { $year }
common-moment = { $day } à { $time } (UTC)

common-error-foreign-form = Ce formulaire ne vient pas de notre page
    .sentence = Pour protéger votre compte, nous n’acceptons que les formulaires envoyés depuis la page de connexion elle-même.
    .way-on = Retournez au centre d’assistance et choisissez à nouveau « Se connecter ».
common-error-nothing-here = Il n’y a rien ici
    .sentence = L’adresse est peut-être mal saisie, ou la page a été déplacée.
    .way-on = Connectez-vous depuis votre centre d’assistance : il mène toujours au bon endroit.
common-error-wrong-method = Cette page ne s’utilise pas ainsi
    .sentence = L’adresse existe, mais pas pour ce type de requête.
    .way-on = Retournez au centre d’assistance et choisissez à nouveau « Se connecter ».
common-error-too-large = L’envoi est trop volumineux
    .sentence = Il dépasse ce que cette page accepte.
    .way-on = Retournez au centre d’assistance et choisissez à nouveau « Se connecter ».
common-error-busy = Nous sommes très sollicités en ce moment
    .sentence = Votre compte n’est pas en cause.
    .way-on = Patientez quelques secondes, puis rechargez cette page.
common-error-unreadable = Nous n’avons pas pu lire cette requête
    .sentence = Un élément était incomplet ou mal formé. Rien n’a été modifié.
    .way-on = Retournez au centre d’assistance et choisissez à nouveau « Se connecter ».
common-error-ours = Un problème est survenu de notre côté
    .sentence = Vous n’y êtes pour rien, et votre compte est en sécurité.
    .way-on = Réessayez dans une minute. Si cela se reproduit, communiquez la référence ci-dessous aux responsables de votre centre d’assistance.
common-show-password = Afficher le mot de passe
