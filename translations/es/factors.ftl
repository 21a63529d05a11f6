# Segundos factores: cómo se llaman, cómo se configuran y cómo se piden.

factors-sign-in = Iniciar sesión
factors-confirm = Confirmar e iniciar sesión
factors-confirm-adding = Confirmar
factors-remember = { $days ->
    [one] No pedir un segundo factor en este dispositivo durante { $days } día
   *[other] No pedir un segundo factor en este dispositivo durante { $days } días
}
factors-continue = Continuar
factors-no-more-codes = Por ahora no se aceptan más códigos

factors-wait-seconds = Demasiados intentos.
    .more = { $count ->
        [one] Espere { $count } segundo y vuelva a intentarlo.
       *[other] Espere { $count } segundos y vuelva a intentarlo.
    }
factors-wait-minutes = Demasiados intentos.
    .more = { $count ->
        [one] Espere { $count } minuto y vuelva a intentarlo.
       *[other] Espere { $count } minutos y vuelva a intentarlo.
    }
factors-off = Este método se desactivó después de demasiadas respuestas incorrectas.
    .more = Use otro o pida a los responsables de su centro de ayuda que restablezcan este.
factors-taken = Este elemento ya está en uso.
    .more = Elija otro o vuelva atrás.

## Llaves de acceso

factors-passkey-name = Llave de acceso
factors-passkey-choice = Su huella digital, su rostro, el bloqueo de pantalla o una llave de seguridad. No tiene que escribir nada.
factors-passkey-made-with = { $browser } en { $system }
factors-passkey-enrol-title = Configure una llave de acceso
factors-passkey-enrol-lead = A partir de ahora, para iniciar sesión necesitará su contraseña y una llave de acceso: su huella digital, su rostro, el bloqueo de pantalla o una llave de seguridad. Su navegador le preguntará dónde guardarla.
factors-passkey-create = Crear una llave de acceso
factors-passkey-ask-title = Use su llave de acceso
factors-passkey-ask-lead = Confirme con su huella digital, su rostro, el bloqueo de pantalla o su llave de seguridad que usted es { $account }.
factors-passkey-use = Continuar con una llave de acceso
factors-passkey-cancelled = No se usó ninguna llave de acceso. Vuelva a intentarlo cuando quiera o elija otro método.
factors-passkey-exists-here = Este dispositivo o llave de seguridad ya tiene una llave de acceso para esta cuenta. Use otro dispositivo u otra llave de seguridad.
factors-passkey-failed = Su navegador no pudo usar aquí una llave de acceso. Vuelva a intentarlo o elija otro método.
factors-passkey-unsupported = Este navegador no admite llaves de acceso o tiene los scripts desactivados. Elija otro método o use otro navegador.
factors-passkey-refused = Esa llave de acceso no se aceptó.
    .more = Vuelva a intentarlo o elija otro método.
factors-passkey-late = Eso tardó demasiado.
    .more = Vuelva a intentarlo: esta página ya está actualizada.
factors-passkey-exists = Ya tiene esa llave de acceso.
    .more = Use otro dispositivo u otra llave de seguridad.
factors-passkey-copied = Esa llave de acceso no se aceptó: es posible que exista una copia.
    .more = Elija otro método y, después, elimine esta llave de acceso y cree una nueva.

## Aplicación de autenticación

factors-totp-name = Aplicación de autenticación
factors-totp-choice = Un código de una aplicación de su teléfono.
factors-totp-enrol-title = Configure una aplicación de autenticación
factors-totp-enrol-lead = A partir de ahora, para iniciar sesión necesitará su contraseña y un código de una aplicación de su teléfono. Solo se configura una vez y lleva unos dos minutos.
factors-totp-adding-lead = Añada su cuenta a una aplicación y luego escriba un código de los que muestra. Lleva unos dos minutos.
factors-totp-get = Instale una aplicación
factors-totp-get-lead = Sirve cualquier aplicación de autenticación; por ejemplo, Google Authenticator, Microsoft Authenticator, 2FAS, Aegis, 1Password o Bitwarden. Si ya tiene una, use esa.
factors-totp-add = Añada esta cuenta a la aplicación
factors-totp-scan = En la aplicación, elija añadir una cuenta y escanee este código.
factors-totp-qr = Código QR que añade esta cuenta a una aplicación de autenticación. La clave que aparece más abajo hace lo mismo.
factors-totp-same-phone = ¿Está leyendo esto en ese teléfono?
factors-totp-same-phone-link = Añada la cuenta a la aplicación desde aquí
factors-totp-by-hand = ¿No puede escanearlo?
factors-totp-by-hand-lead = Elija introducir la clave manualmente y escriba:
factors-totp-account = Cuenta
factors-totp-key = Clave
factors-totp-type = Tipo
factors-totp-type-value = Basado en el tiempo, 6 dígitos
factors-totp-enter = Escriba el código que aparece
factors-totp-code-title = Escriba su código
factors-totp-code-lead = Abra la aplicación de autenticación de su teléfono y busque el código de { $account }.
factors-totp-code-label = Código de la aplicación
factors-totp-code-hint = 6 dígitos. Cambia cada 30 segundos.
factors-totp-missing = Escriba el código de 6 dígitos de su aplicación de autenticación.
factors-totp-malformed = El código tiene 6 dígitos, como 123 456.
    .more = Escriba el que muestra ahora su aplicación.
factors-totp-wrong = Ese código no es correcto.
    .more = Escriba el código más reciente que muestra su aplicación para esta cuenta.
factors-totp-used = Ese código ya se usó.
    .more = Espere al siguiente: su aplicación muestra un código nuevo cada 30 segundos.
factors-totp-clock-behind = { $count ->
        [one] El reloj de su dispositivo va atrasado alrededor de { $count } minuto.
       *[other] El reloj de su dispositivo va atrasado unos { $count } minutos.
    }
    .more = Ponga la fecha y la hora en automático y luego escriba un código nuevo.
factors-totp-clock-ahead = { $count ->
        [one] El reloj de su dispositivo va adelantado alrededor de { $count } minuto.
       *[other] El reloj de su dispositivo va adelantado unos { $count } minutos.
    }
    .more = Ponga la fecha y la hora en automático y luego escriba un código nuevo.

## Códigos de respaldo

factors-backup-name = Códigos de respaldo
factors-backup-choice = Uno de los códigos que guardó al configurar el inicio de sesión.
factors-backup-new-title = Guarde sus códigos de respaldo
factors-backup-new-lead = Si pierde su teléfono, podrá iniciar sesión con uno de estos códigos. Cada uno sirve una sola vez. Solo se muestran ahora.
factors-backup-download = Descargar
factors-backup-copy = Copiar
factors-backup-copied = Códigos copiados.
factors-backup-print = Imprimir
factors-backup-saved = He guardado estos códigos en un lugar seguro
factors-backup-unsaved = Confirme que ha guardado los códigos.
    .more = No se volverán a mostrar.
factors-backup-file = Códigos de respaldo de { $site }. Cada uno sirve una sola vez.
factors-backup-file-name = codigos-de-respaldo
factors-backup-ask-title = Escriba un código de respaldo
factors-backup-ask-lead = Use uno de los códigos que guardó para { $account }.
factors-backup-label = Código de respaldo
factors-backup-left = { $count ->
    [one] 16 letras y dígitos. Le queda { $count } código.
   *[other] 16 letras y dígitos. Le quedan { $count } códigos.
}
factors-backup-missing = Escriba uno de sus códigos de respaldo.
factors-backup-malformed = Un código de respaldo tiene 16 letras y dígitos, como ABCD-EFGH-1234-5678.
factors-backup-wrong = Ese no es ninguno de sus códigos de respaldo.
    .more = Si después creó otros nuevos, los anteriores ya no sirven.
factors-backup-used = Ese código ya se usó.
    .more = Escriba otro.

## Preguntas de seguridad

factors-questions-name = Preguntas de seguridad
factors-questions-choice = Respuestas que solo usted debería conocer.
factors-questions-enrol-title = Configure preguntas de seguridad
factors-questions-enrol-lead = Pregunta { $number } de { $count }. Elija una cuya respuesta nadie más pueda averiguar ni adivinar y que usted vaya a recordar palabra por palabra.
factors-questions-question = Pregunta
factors-questions-choose = Elija una pregunta
factors-questions-concert = ¿Cuál fue el primer concierto o espectáculo al que fue sin sus padres?
factors-questions-by-heart = ¿Qué libro o película se sabía de memoria en su infancia?
factors-questions-teacher = ¿Cómo se llamaba el primer docente que recuerda?
factors-questions-sunrise = ¿Dónde estaba la última vez que vio salir el sol?
factors-questions-food = ¿Cuál es la comida más rara que ha probado?
factors-questions-ten = ¿Qué quería ser a los diez años?
factors-questions-bought = ¿Qué fue lo primero que compró con dinero que había ganado?
factors-questions-place = ¿Qué lugar le gustaría volver a ver?
factors-questions-answer = Su respuesta
factors-questions-answer-hint = No importan las mayúsculas ni los espacios de más. No hace falta que sea verdad: solo tiene que ser siempre la misma.
factors-questions-show = Mostrar lo que escribo
factors-questions-ask-title = Responda a sus preguntas de seguridad
factors-questions-ask-lead = Las configuró para { $account }.
factors-questions-unchosen = Elija una pregunta.
factors-questions-answer-missing = Escriba una respuesta.
factors-questions-too-short = Esa respuesta es demasiado corta.
    .more = Use al menos 3 letras o dígitos.
factors-questions-too-long = Esa respuesta es demasiado larga.
    .more = Use como máximo 200 caracteres.
factors-questions-common = Esa respuesta es de las que otros prueban primero.
    .more = Elija una que solo daría usted.
factors-questions-of-question = Esa respuesta solo repite la pregunta.
    .more = Elija otra.
factors-questions-of-customer = Esa respuesta es su nombre, su dirección o el nombre de este centro de ayuda.
    .more = Otros la conocen: elija otra.
factors-questions-again = Ya ha dado esa respuesta.
    .more = Cada pregunta necesita su propia respuesta.
factors-questions-missing = Responda a todas las preguntas.
factors-questions-wrong = No es correcto.
    .more = Al menos una respuesta es distinta de la que configuró. Revíselas todas y vuelva a intentarlo.
factors-questions-changed = Sus respuestas no se comprobaron.
    .more = Vuelva a intentarlo; si entretanto configuró respuestas nuevas, cancele e inicie sesión otra vez.

## YubiKeys

factors-yubikey-name = YubiKey
factors-yubikey-choice = Un toque en una YubiKey, que escribe una contraseña de un solo uso.
factors-yubikey-enrol-title = Configure una YubiKey
factors-yubikey-enrol-lead = A partir de ahora, para iniciar sesión tendrá que escribir su contraseña y tocar su YubiKey.
factors-yubikey-ask-title = Toque su YubiKey
factors-yubikey-ask-lead = Use una YubiKey que haya configurado para { $account }.
factors-yubikey-label = Contraseña de un solo uso
factors-yubikey-hint = Conecte la YubiKey, seleccione este campo y toque el contacto dorado. La YubiKey escribe la contraseña y la envía.
factors-yubikey-missing = Toque su YubiKey con este campo seleccionado.
factors-yubikey-malformed = Eso no es lo que escribe una YubiKey.
    .more = Vacíe el campo, selecciónelo y toque la YubiKey una vez.
factors-yubikey-foreign = Esa YubiKey no está configurada para usted.
    .more = Use una de las suyas u otro método.
factors-yubikey-wrong = Esa contraseña de un solo uso no es correcta.
    .more = Toque otra vez su YubiKey.
factors-yubikey-used = Esa contraseña de un solo uso ya se usó.
    .more = Toque otra vez su YubiKey.
factors-yubikey-away = En este momento no se puede comprobar su YubiKey. No es culpa suya.
    .more = Tóquela otra vez dentro de un minuto o use otro método.

## Duo

factors-duo-name = Duo
factors-duo-choice = Apruebe el inicio de sesión con Duo Mobile u otro método que tenga en Duo.
factors-duo-enrol-title = Configure Duo
factors-duo-enrol-lead = Duo le pedirá una vez que lo apruebe, como { $account }. Después, para iniciar sesión necesitará su contraseña y su aprobación en Duo.
factors-duo-ask-title = Apruébelo con Duo
factors-duo-ask-lead = Duo le pedirá que apruebe el inicio de sesión de { $account } y le traerá de vuelta aquí.
factors-duo-go = Continuar a Duo
factors-duo-denied = Duo indica que se rechazó.
    .more = Si fue un descuido, vuelva a intentarlo.
factors-duo-ended = No se aprobó nada en Duo.
    .more = Vuelva a intentarlo o use otro método.
factors-duo-stale = Esa aprobación caducó o ya se usó.
    .more = Vuelva a intentarlo.
factors-duo-foreign = La respuesta de Duo no corresponde a este inicio de sesión.
    .more = Vuelva a intentarlo desde aquí.
factors-duo-away = Duo no responde en este momento. No es culpa suya.
    .more = Vuelva a intentarlo dentro de un minuto o use otro método.

## Códigos por correo y por SMS

factors-sent-none-title = No se envió ningún código
factors-sent-label = Código
factors-sent-hint = { $count ->
    [one] 6 dígitos. Sirve una sola vez y caduca en { $count } minuto.
   *[other] 6 dígitos. Sirve una sola vez y caduca en { $count } minutos.
}
factors-sent-again = Enviar un código nuevo
factors-sent-missing = Escriba el código de 6 dígitos que se le envió.
factors-sent-malformed = El código tiene 6 dígitos, como 123 456.
factors-sent-wrong = Ese código no es correcto.
    .more = Escriba el más reciente que se le envió; los anteriores ya no sirven.
factors-sent-expired = Ese código es demasiado antiguo.
    .more = Pida uno nuevo.
factors-sent-none = No hay ningún código que todavía sirva.
    .more = Pida uno nuevo.
factors-sent-too-many = Se le han enviado muchos códigos.
    .more = { $count ->
        [one] Se podrá enviar otro dentro de { $count } minuto.
       *[other] Se podrá enviar otro dentro de { $count } minutos.
    }

factors-email-name = Código por correo electrónico
factors-email-choice = Un código enviado a su correo electrónico.
factors-email-title = Escriba el código del correo
factors-email-lead = Se envió un código a { $to }. Si no llega en un minuto, mire en la carpeta de correo no deseado.
factors-email-none = En este momento no se pudo enviar ningún código a { $to }.
factors-email-refused = El servidor de su dirección rechaza los correos que le enviamos.
    .more = Use otro método o pregunte a los responsables de su centro de ayuda.

factors-sms-name = Código por SMS
factors-sms-choice = Un código enviado a su teléfono por SMS.
factors-sms-enrol-title = Configure los códigos por SMS
factors-sms-enrol-lead = A partir de ahora, para iniciar sesión necesitará su contraseña y un código que se envía a su teléfono.
factors-sms-number = Número de teléfono móvil
factors-sms-number-hint = Con el prefijo del país, como +34 612 345 678.
factors-sms-send = Enviar un código
factors-sms-title = Escriba el código que llegó a su teléfono
factors-sms-lead = Se envió un SMS con un código al { $to }.
factors-sms-none = En este momento no se pudo enviar ningún código al { $to }.
factors-sms-another = Usar otro número
factors-sms-number-missing = Escriba su número de teléfono móvil.
factors-sms-number-character = Ese número contiene algo que no es propio de un número de teléfono.
    .more = Use solo dígitos, con el signo más delante.
factors-sms-number-country = Escriba el número con el prefijo del país.
    .more = Empieza con el signo más, como +34 612 345 678.
factors-sms-number-short = Ese número es demasiado corto.
    .more = Compruebe que no falte ningún dígito.
factors-sms-number-long = Ese número es demasiado largo.
    .more = Un número de teléfono tiene 15 dígitos como máximo.
factors-sms-refused = No se pudo entregar el SMS.
    .more = Pida un código nuevo o use otro método.
factors-sms-text = Use { $code } para entrar en { $site }. No comparta este mensaje con nadie.
factors-sms-text-short = Use { $code } para entrar. No comparta este mensaje con nadie.
