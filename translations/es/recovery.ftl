# Cómo volver a entrar: contraseña olvidada, segundos factores perdidos, bloqueo de la cuenta.

recovery-forgotten-link = ¿Olvidó su contraseña?
recovery-forgotten-title = Elija una contraseña nueva
recovery-forgotten-lead = Díganos quién es y le enviaremos un correo con un enlace para elegir una contraseña nueva.
recovery-forgotten-send = Enviarme un correo
recovery-back = Volver

recovery-new-password-title = Elija una contraseña nueva
recovery-new-password-lead = Para { $account }. Se cerrarán todas sus sesiones y, al iniciar sesión, se le pedirá su segundo factor como siempre.
recovery-first-password-title = Elija su contraseña
recovery-first-password-lead = Para { $account }. Desde entonces iniciará sesión con su correo electrónico o nombre de usuario y esta contraseña.

## La página de un enlace: un botón

recovery-account = Se trata de { $account }.

recovery-freeze = ¿Bloquear su cuenta?
    .sentence = Si otra persona está usando su cuenta, bloquéela: se cerrarán todas las sesiones y nadie podrá iniciar sesión, tampoco usted.
    .way-on = Para volver a entrar en ella, use «¿Olvidó su contraseña?» en la página de inicio de sesión y elija una contraseña nueva mediante el correo que le enviaremos.
    .button = Bloquear mi cuenta
recovery-cancel = ¿Cancelar la recuperación?
    .sentence = Alguien solicitó eliminar los segundos factores de esta cuenta. Si no fue usted, o si ya encontró los suyos, cancele la recuperación: así no se cambiará nada.
    .way-on = Si no fue usted, otra persona conoce su contraseña. Elija también una nueva.
    .button = Cancelar la recuperación
recovery-recover = ¿Eliminar sus segundos factores?
    .sentence = La espera ha terminado. Se eliminarán todos los segundos factores de su cuenta y sus códigos de respaldo, y se cerrarán todas las sesiones.
    .way-on = Después, inicie sesión con su contraseña y configure un nuevo segundo factor.
    .button = Eliminar mis segundos factores

## Páginas que solo informan

recovery-mail-sent = Revise su correo
    .sentence = Si existe una cuenta con ese nombre, un correo con un enlace va en camino a su dirección.
    .way-on = Debería llegar en unos minutos; mire también en la carpeta de correo no deseado. Si no llega nada, compruebe que escribió bien el nombre y espere un poco antes de volver a pedirlo, o póngase en contacto con los responsables de su centro de ayuda.
recovery-link-void = Este enlace ya no funciona
    .sentence = Un enlace funciona una sola vez y solo durante un tiempo, y un correo más reciente puede sustituir a uno anterior.
    .way-on = Si todavía lo necesita, empiece de nuevo desde la página de inicio de sesión del centro de ayuda. Su cuenta no tiene ningún problema.
recovery-password-set = Se guardó su contraseña
    .sentence = Aún no ha iniciado sesión, y se cerraron todas las sesiones que estaban abiertas.
    .way-on = Vuelva al centro de ayuda, elija «Iniciar sesión» y use su contraseña nueva.
recovery-frozen = Su cuenta está bloqueada
    .sentence = Se cerraron todas las sesiones y nadie puede iniciar sesión.
    .way-on = Para volver a entrar en ella, use «¿Olvidó su contraseña?» en la página de inicio de sesión y elija una contraseña nueva. Si no llega ningún correo, póngase en contacto con los responsables de su centro de ayuda.
recovery-cancelled = Se canceló la recuperación
    .sentence = Sus segundos factores quedan como están.
    .way-on = Si no fue usted quien la solicitó, elija una contraseña nueva: para ello, use «¿Olvidó su contraseña?» en la página de inicio de sesión.
recovery-recovered = Se eliminaron sus segundos factores
    .sentence = Aún no ha iniciado sesión.
    .way-on = Vuelva al centro de ayuda, inicie sesión con su contraseña y configure un nuevo segundo factor.

## Se perdieron todos los segundos factores

recovery-lost-link = Ya no tengo acceso a ninguno de estos métodos
recovery-lost-title = Ha perdido sus segundos factores
recovery-lost-ask = Póngase en contacto con los responsables de su centro de ayuda y pídales que restablezcan su segundo factor.
recovery-lost-lead = Podemos enviar a { $account } un enlace que los elimina, para que pueda configurar otros nuevos.
recovery-lost-wait = Por su seguridad, el enlace llega después de una espera: el { $when }.
recovery-lost-care = Le escribiremos enseguida para avisarle de esta solicitud. Quien lea ese correo puede cancelar la recuperación.
recovery-lost-begin = Comenzar la espera
recovery-lost-under-way = La espera ha comenzado. Hemos escrito a { $account }.
recovery-lost-ready-at = El correo con el enlace llegará el { $when }.
recovery-lost-found = Si encuentra su segundo factor, simplemente inicie sesión con él: así se cancela la recuperación.
recovery-lost-ready = La espera ha terminado: el enlace está en el correo que enviamos a { $account }.
recovery-lost-until = Puede usarlo hasta el { $when }.
recovery-lost-again = Enviarme otra vez el correo
recovery-lost-too-often = Esto se ha solicitado demasiadas veces últimamente. Vuelva a intentarlo mañana o póngase en contacto con los responsables de su centro de ayuda.
