# Iniciar sesión: la contraseña, una nueva, el regreso, cerrar sesión.

signin-continue = Continuar
signin-cancel = Cancelar y volver
signin-help-centre = Ir al centro de ayuda

## La contraseña

signin-password-title = Iniciar sesión
signin-password-name = Correo electrónico o nombre de usuario
signin-password-password = Contraseña

signin-passkey = Iniciar sesión con una llave de acceso

signin-error-name-missing = Escriba su correo electrónico o nombre de usuario.
signin-error-password-missing = Escriba su contraseña.
signin-error-no-match = El correo electrónico o nombre de usuario y la contraseña no coinciden.
    .more = Revise ambos y vuelva a intentarlo. Después de varios intentos, le pediremos que espere unos minutos.
signin-error-busy = Muchas personas están iniciando sesión en este momento.
    .more = Su cuenta no tiene ningún problema: espere unos segundos y vuelva a intentarlo.
signin-error-passkey = No se pudo iniciar sesión con esa llave de acceso.
    .more = Vuelva a intentarlo o escriba su correo electrónico o nombre de usuario y su contraseña.

## Una contraseña nueva

signin-new-password-title = Elija una contraseña nueva
signin-new-password-longer = Las reglas de este centro de ayuda exigen ahora una contraseña más larga. Esta es para { $account }.
signin-new-password-reset = Los responsables de este centro de ayuda le piden que elija una contraseña nueva. Esta es para { $account }.
signin-new-password-password = Contraseña nueva
signin-new-password-rules = Al menos { $minimum } caracteres. Se admiten espacios y cualquier letra; unas cuantas palabras sin relación entre sí son fáciles de recordar.
signin-new-password-repeat = La misma contraseña otra vez
signin-new-password-save = Guardar y continuar

signin-error-too-short = Use al menos { $minimum } caracteres.
    .more = Unas cuantas palabras sin relación entre sí forman una buena contraseña.
signin-error-too-long = Esa contraseña es demasiado larga.
    .more = Use como máximo 1000 caracteres.
signin-error-common = Esa contraseña es demasiado común.
    .more = Está en una lista que los atacantes prueban primero: elija otra.
signin-error-context = Esa contraseña es fácil de adivinar.
    .more = Contiene su nombre, su correo electrónico o el nombre de este centro de ayuda: elija otra.
signin-error-mismatch = Las dos contraseñas son distintas.
    .more = Escriba la misma dos veces.
signin-error-same = Esa es la contraseña que ya tiene.
    .more = Elija otra.
signin-error-unusable = Esa contraseña contiene caracteres que quizá no se puedan volver a escribir igual.
    .more = Elija otra.

## El regreso al centro de ayuda

signin-done-page-title = Iniciando sesión
signin-done-title = Ha iniciado sesión
signin-done-lead = Volviendo a { $site }…
signin-done-lead-nameless = Volviendo al centro de ayuda…
signin-done-hint = Si no ocurre nada en unos segundos:

## Cerrar sesión

signin-out-page-title = Cerrar sesión
signin-out-title = ¿Cerrar sesión?
signin-out-lead = Ha iniciado sesión como { $account }. La próxima vez se le volverá a pedir la contraseña.
signin-out-button = Cerrar sesión

## Páginas que solo informan

signin-notice-expired = Este inicio de sesión tardó demasiado
    .sentence = Para proteger su cuenta, el inicio de sesión debe completarse en pocos minutos.
    .way-on = Vuelva al centro de ayuda y elija de nuevo «Iniciar sesión».
signin-notice-finished = Ya ha iniciado sesión aquí
    .sentence = Este inicio de sesión ya se completó, así que no queda nada por hacer en esta página.
    .way-on = Vuelva al centro de ayuda para continuar.
signin-notice-cancelled = Ha cancelado el inicio de sesión
    .sentence = No ha iniciado sesión y no se cambió nada.
    .way-on = Puede iniciar sesión desde el centro de ayuda cuando quiera.
signin-notice-other-browser = Este inicio de sesión pertenece a otro navegador
    .sentence = Se empezó en otro navegador o en una ventana privada, y solo se puede terminar allí.
    .way-on = Vuelva al centro de ayuda en este navegador y elija de nuevo «Iniciar sesión».
signin-notice-not-configured = El inicio de sesión aún no está configurado
    .sentence = Los responsables de este centro de ayuda no han terminado de configurar el inicio de sesión.
    .way-on = Póngase en contacto con el propietario del centro de ayuda e indíquele la referencia que aparece abajo.
signin-notice-request-refused = No pudimos aceptar este inicio de sesión
    .sentence = La solicitud que le trajo aquí había caducado o no era lo que esta página espera. Usted no ha hecho nada mal.
    .way-on = Vuelva al centro de ayuda y elija de nuevo «Iniciar sesión». Si sigue ocurriendo, póngase en contacto con su propietario e indíquele la referencia que aparece abajo.
signin-notice-site-gone = Este centro de ayuda ya no usa esta página para iniciar sesión
    .sentence = Su propietario dejó de usarla.
    .way-on = Póngase en contacto con el propietario del centro de ayuda para saber cómo iniciar sesión ahora.
signin-notice-signed-out = Ha cerrado la sesión
    .sentence = Ha cerrado la sesión en esta página. Es posible que siga abierta en el propio centro de ayuda hasta que la cierre también allí.
    .way-on = En un equipo compartido, cierre también el navegador.
signin-notice-language-chosen = Su idioma está configurado
    .sentence = A partir de ahora, las páginas de inicio de sesión aparecen en español en este navegador.
    .way-on = Vuelva al centro de ayuda para continuar.
signin-notice-busy = En este momento estamos muy ocupados
    .sentence = Muchas personas están iniciando sesión ahora mismo. Su cuenta no tiene ningún problema.
    .way-on = Espere unos segundos y vuelva a cargar esta página.

## Segundos factores

signin-another-way = Probar otro método
signin-skip = Ahora no
signin-skip-until = Puede configurarlo más tarde, hasta el { $day }.
signin-skip-times = { $count ->
    [one] Puede dejarlo para más tarde { $count } vez más.
   *[other] Puede dejarlo para más tarde { $count } veces más.
}
signin-codes-later = Ahora no
signin-choose-title = Elija un segundo método para confirmar su identidad
signin-choose-lead = A partir de ahora, para iniciar sesión necesitará su contraseña y uno de estos métodos. Más adelante podrá añadir otros.
signin-recommended = Recomendado
signin-weaker = Menos seguro
signin-another-title = Añada otro método para confirmar su identidad
signin-another-lead = { $count ->
    [one] Si algún día pierde el que tiene, este le permitirá entrar. Este centro de ayuda pide a todos { $count } método además de la contraseña.
   *[other] Si algún día pierde el que tiene, otro le permitirá entrar. Este centro de ayuda pide a todos { $count } métodos además de la contraseña.
}
signin-more-ways = Un segundo método para iniciar sesión, en otro dispositivo, le ayudará si pierde este. Puede añadir más en cualquier momento.
signin-ways-title = Confirme su identidad
signin-no-way-left-title = No queda ningún método disponible
signin-no-way-left = Su segundo factor está desactivado o ya no se permite aquí. Pida a los responsables de su centro de ayuda que lo restablezcan.
