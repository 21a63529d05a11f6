# Correos a los clientes.

mail-hello = Hola, { $name }:
mail-hello-anybody = Hola:
mail-foot = Recibe este correo porque esta dirección pertenece a una cuenta de { $site }. Nadie lee las respuestas a este correo.
mail-copy-link = Si el botón no funciona, copie esta dirección en su navegador:

mail-not-you = ¿No fue usted?
mail-not-you-lead = Entonces es posible que otra persona conozca su contraseña. Bloquee su cuenta: nadie podrá iniciar sesión en ella hasta que usted elija una contraseña nueva o los responsables de { $site } la hayan revisado.
mail-freeze = Bloquear mi cuenta

mail-fact-when = Fecha y hora
mail-fact-browser = Navegador
mail-fact-network = Red
mail-fact-method = Método
mail-fact-name = Nombre
mail-fact-old-address = Dirección anterior
mail-fact-new-address = Dirección nueva

mail-method-passkey = Llave de acceso
mail-method-totp = Aplicación de autenticación
mail-method-yubikey = YubiKey
mail-method-duo = Duo
mail-method-sms = Código por SMS
mail-method-email-code = Código por correo electrónico
mail-method-questions = Preguntas de seguridad
mail-method-backup-codes = Códigos de respaldo
mail-method-other = Otro método

mail-code-subject = Su código para iniciar sesión en { $site }
mail-code-lead = Escriba este código en la página donde está iniciando sesión en { $site }:
mail-code-life = { $minutes ->
    [one] Sirve una sola vez y caduca en un minuto.
   *[other] Sirve una sola vez y caduca en { $minutes } minutos.
}
mail-code-care = Nadie de { $site } le pedirá nunca este código. Si no está iniciando sesión en este momento, otra persona conoce su contraseña: cámbiela.

mail-reset-subject = Elija una contraseña nueva para { $site }
mail-reset-lead = Alguien, esperamos que usted, solicitó una contraseña nueva para su cuenta de { $site }.
mail-reset-button = Elegir una contraseña nueva
mail-reset-life = { $minutes ->
    [one] El enlace funciona una sola vez y caduca en un minuto. Al iniciar sesión, se le seguirá pidiendo su segundo factor.
   *[other] El enlace funciona una sola vez y caduca en { $minutes } minutos. Al iniciar sesión, se le seguirá pidiendo su segundo factor.
}
mail-reset-care = Si no fue usted, no haga nada: su contraseña seguirá siendo la misma.

mail-set-subject = Le damos la bienvenida a { $site }: elija su contraseña
mail-set-lead = Se ha creado una cuenta para usted en { $site }. Elija una contraseña para iniciar sesión.
mail-set-button = Elegir mi contraseña
mail-set-life = { $hours ->
    [one] El enlace funciona una sola vez y caduca en una hora.
   *[other] El enlace funciona una sola vez y caduca en { $hours } horas.
}

mail-factor-added-subject = Se añadió un segundo factor en { $site }
mail-factor-added-lead = Se añadió un segundo factor a su cuenta de { $site }.
mail-factor-removed-subject = Se eliminó un segundo factor en { $site }
mail-factor-removed-lead = Se eliminó un segundo factor de su cuenta de { $site }.

mail-factors-reset-subject = Se eliminaron sus segundos factores en { $site }
mail-factors-reset-lead = Se eliminaron todos los segundos factores de su cuenta de { $site }. Configurará uno nuevo la próxima vez que inicie sesión.

mail-welcome-subject = Le damos la bienvenida a { $site }
mail-welcome-lead = Se ha creado una cuenta para usted en { $site }. Inicie sesión con esta dirección de correo y la contraseña que le han dado.
mail-welcome-more = Es posible que entonces se le pida configurar un segundo factor, por ejemplo una aplicación de autenticación. Solo lleva un minuto.

mail-password-changed-subject = Se cambió su contraseña de { $site }
mail-password-changed-lead = Se cambió la contraseña de su cuenta de { $site }. Se cerraron todas sus demás sesiones.

mail-password-off-subject = Tiene que elegir una contraseña nueva para { $site }
mail-password-off-lead = Se escribieron contraseñas incorrectas cien veces seguidas para su cuenta de { $site }. Nadie pudo entrar. Para que nadie pueda adivinarla, su contraseña ya no sirve allí, salvo en los navegadores en los que ya había iniciado sesión antes.
mail-password-off-care = Para iniciar sesión en otro lugar, use «¿Olvidó su contraseña?» en la página de inicio de sesión y elija una contraseña nueva.

mail-email-changed-subject = Se cambió su dirección de correo en { $site }
mail-email-changed-lead = A partir de ahora, los correos sobre su cuenta de { $site } se envían a otra dirección, y esa es también la que debe usar para iniciar sesión.

mail-backup-used-subject = Se usó un código de respaldo en { $site }
mail-backup-used-lead = Se usó uno de sus códigos de respaldo para iniciar sesión en { $site }.
mail-backup-used-left = { $left ->
    [0] No queda ninguno. Cree otros nuevos en su página de seguridad.
    [one] Queda solo uno. Cree pronto otros nuevos en su página de seguridad.
   *[other] Quedan { $left }.
}
mail-backup-made-subject = Códigos de respaldo nuevos para { $site }
mail-backup-made-lead = Se crearon códigos de respaldo nuevos para su cuenta de { $site }. Los anteriores ya no sirven.

mail-device-subject = Inicio de sesión en { $site } desde un navegador nuevo
mail-device-lead = Se inició sesión en su cuenta de { $site } desde un navegador que no se había usado antes con ella.

mail-device-copied-subject = Se vuelve a pedir un segundo factor en un dispositivo recordado por { $site }
mail-device-copied-lead = Un dispositivo que usted pidió a { $site } que recordara inició sesión con datos guardados que ya se habían usado antes. Puede que procedan de una copia de seguridad suya o que alguien los haya copiado. Ese dispositivo ya no se recuerda.

mail-failed-subject = Un inicio de sesión en { $site } se detuvo en el segundo factor
mail-failed-lead = Alguien escribió la contraseña correcta de su cuenta de { $site }, pero no un segundo factor correcto, y no pudo entrar.
mail-failed-care = Si fue usted, no tiene que hacer nada.

mail-recovery-started-subject = Ha comenzado la recuperación de su cuenta de { $site }
mail-recovery-started-lead = Alguien solicitó eliminar el segundo factor de su cuenta de { $site } porque se perdió. Por su seguridad, esto lleva un tiempo:
mail-recovery-ready-at = Disponible desde
mail-recovery-started-care = Le volveremos a escribir entonces. Si no fue usted, cancele la recuperación ahora.
mail-recovery-cancel = Cancelar la recuperación
mail-recovery-ready-subject = Ya puede recuperar su cuenta de { $site }
mail-recovery-ready-lead = La espera ha terminado: puede configurar un nuevo segundo factor para su cuenta de { $site }. Necesitará su contraseña.
mail-recovery-ready-button = Recuperar mi cuenta
mail-recovery-ready-care = Si no solicitó esto, cancele la recuperación.
mail-recovery-cancelled-subject = Se canceló la recuperación en { $site }
mail-recovery-cancelled-lead = Se canceló la recuperación de su cuenta de { $site }. No se cambió nada.

mail-frozen-subject = Su cuenta de { $site } está bloqueada
mail-frozen-lead = Su cuenta de { $site } se bloqueó mediante el enlace de uno de nuestros correos. Nadie puede iniciar sesión en ella, tampoco usted.
mail-frozen-care = Para volver a entrar en ella, use «¿Olvidó su contraseña?» en la página de inicio de sesión y elija una contraseña nueva. Si entonces no llega ningún correo, póngase en contacto con los responsables de { $site }.
