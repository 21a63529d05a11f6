# Segundos factores: cómo se llaman, cómo se configuran y cómo se piden.

factors-sign-in = Iniciar sesión
factors-confirm = Confirmar e iniciar sesión
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

## Aplicación de autenticación

factors-totp-name = Aplicación de autenticación
factors-totp-choice = Un código de una aplicación de su teléfono.
factors-totp-enrol-title = Configure una aplicación de autenticación
factors-totp-enrol-lead = A partir de ahora, para iniciar sesión necesitará su contraseña y un código de una aplicación de su teléfono. Solo se configura una vez y lleva unos dos minutos.
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
