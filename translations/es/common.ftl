# Se dice en más de una página.

common-language = Idioma:
common-reference = Referencia
common-error-title = Error: { $title }

common-day = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
} de { $year }
common-moment = { $day }, { $time } (UTC)

common-error-foreign-form = Este formulario no se envió desde nuestra página
    .sentence = Para proteger su cuenta, solo aceptamos formularios enviados desde la propia página de inicio de sesión.
    .way-on = Vuelva al centro de ayuda y elija de nuevo «Iniciar sesión».
common-error-nothing-here = Aquí no hay nada
    .sentence = Es posible que la dirección esté mal escrita o que la página haya cambiado de lugar.
    .way-on = Inicie sesión desde su centro de ayuda: siempre lleva al lugar correcto.
common-error-wrong-method = Esta página no se puede usar así
    .sentence = La dirección existe, pero no para este tipo de solicitud.
    .way-on = Vuelva al centro de ayuda y elija de nuevo «Iniciar sesión».
common-error-too-large = El envío es demasiado grande
    .sentence = Supera lo que acepta esta página.
    .way-on = Vuelva al centro de ayuda y elija de nuevo «Iniciar sesión».
common-error-busy = En este momento estamos muy ocupados
    .sentence = Su cuenta no tiene ningún problema.
    .way-on = Espere unos segundos y vuelva a cargar esta página.
common-error-unreadable = No pudimos leer esa solicitud
    .sentence = Faltaba algo o no tenía la forma correcta. No se cambió nada.
    .way-on = Vuelva al centro de ayuda y elija de nuevo «Iniciar sesión».
common-error-ours = Algo falló por nuestra parte
    .sentence = No es culpa suya y su cuenta está a salvo.
    .way-on = Inténtelo de nuevo dentro de un minuto. Si sigue ocurriendo, indique la referencia que aparece abajo a los responsables de su centro de ayuda.
common-show-password = Mostrar la contraseña
