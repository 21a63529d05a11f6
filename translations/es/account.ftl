# La página de seguridad del cliente.

account-title = Seguridad de su cuenta
account-lead = Así inicia sesión con { $account }.
account-back = Volver a su página de seguridad
account-save = Guardar
account-link = Ver sus métodos de inicio de sesión y sus sesiones abiertas

account-browser = { $browser } en { $system }
account-browser-unknown = Navegador desconocido

## Confirmar de nuevo la identidad, antes de un cambio

account-again-title = Confirme de nuevo su identidad
account-again-lead = Antes de cambiar nada en su forma de iniciar sesión, comprobamos que es usted. Después seguirá donde estaba.

## Lo que se hizo

account-done-factor-added = El segundo factor está configurado. A partir de ahora, se le puede pedir al iniciar sesión.
account-done-factor-renamed = Se guardó el nombre.
account-done-factor-removed = Se eliminó el segundo factor. Se cerraron todas sus demás sesiones.
account-done-codes-made = Se guardaron sus códigos de respaldo nuevos. Los anteriores ya no sirven.
account-done-password-changed = Se cambió su contraseña. Se cerraron todas sus demás sesiones.
account-done-preference-kept = Guardado.
account-done-session-ended = La sesión se cerró allí.
account-done-device-forgotten = Olvidado. En el próximo inicio de sesión allí se pedirá un segundo factor.

## Segundos factores

account-factors = Segundos factores
account-factors-none = No tiene ninguno. Con un segundo factor, nadie puede entrar solo con su contraseña.
account-factors-one = Añada otra forma para poder iniciar sesión aunque pierda esta.
account-factor-dates = Añadido el { $added }, usado por última vez el { $used }
account-factor-added = Añadido el { $added }
account-factor-off = Desactivado después de demasiadas respuestas incorrectas. Sustitúyalo o elimínelo.
account-factor-not-allowed = Este centro de ayuda ya no lo acepta.
account-factor-change = Cambiar
account-factor-add = Añadir un segundo factor
account-preferred = Pedirme primero
account-preferred-last = El último que usé

account-add-title = Añadir un segundo factor
account-add-lead = Si tiene más de uno, podrá seguir iniciando sesión aunque pierda uno.
account-add-none = No hay nada que añadir: ya tiene todos los que acepta este centro de ayuda.

account-factor-title = Cambiar un segundo factor
account-factor-name = Nombre
account-factor-name-hint = Para que sepa cuál es; por ejemplo, el dispositivo en el que está.
account-factor-rename = Guardar el nombre
account-name-missing = Escriba un nombre.
account-name-too-long = Use como máximo { $most } caracteres.
account-name-unusable = Ese nombre contiene caracteres que no se pueden mostrar.
    .more = Use letras, dígitos y signos.
account-factor-replace = Sustituirlo
account-factor-replace-lead = Por ejemplo, si tiene un teléfono nuevo. Primero se configura el nuevo; hasta entonces, este sigue funcionando.
account-factor-remove = Eliminarlo
account-factor-remove-lead = Ya no se le pedirá y se cerrarán todas sus demás sesiones.

account-remove-title = ¿Eliminar este segundo factor?
account-remove-lead = Ya no se le pedirá. Se cerrarán todas sus demás sesiones y los dispositivos recordados dejarán de recordarse.
account-remove-codes = También se eliminarán sus códigos de respaldo.
account-remove-button = Eliminarlo
account-remove-needed-title = Necesita este segundo factor
account-remove-needed = { $least ->
    [one] Este centro de ayuda exige un segundo factor y este es el último que funciona. Añada antes otro y luego elimine este.
   *[other] Este centro de ayuda le pide que conserve { $least } segundos factores. Añada antes otro y luego elimine este.
}

## Códigos de respaldo

account-codes-left = { $count ->
    [0] Ya los ha usado todos.
    [one] Le queda { $count } código.
   *[other] Le quedan { $count } códigos.
}
account-codes-none = No tiene ninguno. Le permiten entrar si pierde su segundo factor.
account-codes-make = Crear códigos de respaldo nuevos
account-codes-title = ¿Crear códigos de respaldo nuevos?
account-codes-lead = Cada código le permite iniciar sesión una vez en lugar de un segundo factor. Solo se muestran una vez: tenga a mano dónde guardarlos.
account-codes-replace = { $count ->
    [one] El código que le queda sirve hasta que haya guardado los nuevos.
   *[other] Los { $count } códigos que le quedan sirven hasta que haya guardado los nuevos.
}

## Sesiones abiertas

account-sessions = Sus sesiones abiertas
account-session-this = Este navegador
account-session-since = Desde el { $when }
account-session-seen = Última actividad: { $when }
account-session-end = Cerrar sesión
account-sessions-end = Cerrar todas las demás sesiones

account-devices = Dispositivos recordados
account-devices-none = Ninguno. Al iniciar sesión, puede pedir que se recuerde un dispositivo suyo.
account-devices-lead = Para iniciar sesión en ellos basta con su contraseña.
account-device-dates = Usado por última vez el { $used }; se recuerda hasta el { $until }
account-device-forget = Olvidar
account-devices-forget = Olvidar todos

## Contraseña

account-password = Contraseña
account-password-since = Elegida el { $day }.
account-password-none = No tiene ninguna: inicia sesión sin contraseña.
account-password-change = Cambiar su contraseña
account-password-set = Elegir una contraseña
account-password-lead = Se cerrarán todas sus demás sesiones y los dispositivos recordados dejarán de recordarse.
account-password-current = Contraseña actual
account-password-save = Guardar la contraseña nueva
account-password-current-missing = Escriba su contraseña actual.
account-password-current-wrong = Esa no es su contraseña actual.
    .more = Después de varios intentos, le pediremos que espere unos minutos.

## Idioma

account-language = Idioma
account-language-label = Idioma de estas páginas y de nuestros correos
