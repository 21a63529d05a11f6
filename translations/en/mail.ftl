# Mails to customers. $site is the site's name, $name the customer's first name.

mail-hello = Hello { $name },
mail-hello-anybody = Hello,
mail-foot = You get this mail because this address belongs to an account at { $site }. Nobody answers mails sent back to it.
mail-copy-link = If the button does not work, copy this address into your browser:

mail-not-you = Was this not you?
mail-not-you-lead = Then somebody else may know your password. Freeze your account: nobody can sign in to it until you set a new password, or the people who run { $site } have looked at it.
mail-freeze = Freeze my account

mail-fact-when = When
mail-fact-browser = Browser
mail-fact-network = Network
mail-fact-method = Method
mail-fact-name = Name
mail-fact-old-address = Former address
mail-fact-new-address = New address

mail-method-passkey = Passkey
mail-method-totp = Authenticator app
mail-method-yubikey = YubiKey
mail-method-duo = Duo
mail-method-sms = Code by text message
mail-method-email-code = Code by mail
mail-method-questions = Security questions
mail-method-backup-codes = Backup codes
mail-method-other = Another method

mail-code-subject = Your sign-in code for { $site }
mail-code-lead = Enter this code on the page where you are signing in to { $site }:
mail-code-life = { $minutes ->
    [one] It works once, within one minute.
   *[other] It works once, within { $minutes } minutes.
}
mail-code-care = Nobody from { $site } will ever ask you for this code. If you are not signing in just now, somebody else knows your password: change it.

mail-reset-subject = Set a new password for { $site }
mail-reset-lead = Somebody, we hope you, asked for a new password for your account at { $site }.
mail-reset-button = Set a new password
mail-reset-life = { $minutes ->
    [one] The link works once, within one minute. You will still be asked for your second factor when you sign in.
   *[other] The link works once, within { $minutes } minutes. You will still be asked for your second factor when you sign in.
}
mail-reset-care = If this was not you, do nothing: your password stays as it is.

mail-set-subject = Welcome to { $site }: set your password
mail-set-lead = An account at { $site } was made for you. Set a password to sign in.
mail-set-button = Set my password
mail-set-life = { $hours ->
    [one] The link works once, within one hour.
   *[other] The link works once, within { $hours } hours.
}

mail-factor-added-subject = A new way to prove it is you at { $site }
mail-factor-added-lead = A second factor was added to your account at { $site }.
mail-factor-removed-subject = A second factor was removed at { $site }
mail-factor-removed-lead = A second factor was removed from your account at { $site }.

mail-factors-reset-subject = Your second factors at { $site } were removed
mail-factors-reset-lead = All second factors of your account at { $site } were removed. You set up a new one at your next sign-in.

mail-welcome-subject = Welcome to { $site }
mail-welcome-lead = An account at { $site } was made for you. Sign in with this email address and the password you were given.
mail-welcome-more = You may be asked to set up a second factor then, such as an authenticator app. That takes a minute.

mail-password-changed-subject = Your password for { $site } was changed
mail-password-changed-lead = The password of your account at { $site } was changed. You are signed out everywhere else.

mail-password-off-subject = Your password for { $site } needs to be set anew
mail-password-off-lead = Wrong passwords were entered for your account at { $site } a hundred times in a row. Nobody was let in. To keep guessers out, your password no longer works there, except in browsers you have signed in with before.
mail-password-off-care = To sign in elsewhere, choose "Forgotten your password?" where you sign in, and set a new password.

mail-email-changed-subject = Your mail address at { $site } was changed
mail-email-changed-lead = Mails about your account at { $site } go to another address from now on, and you sign in with that address.

mail-backup-used-subject = A backup code was used at { $site }
mail-backup-used-lead = One of your backup codes was used to sign in to { $site }.
mail-backup-used-left = { $left ->
    [0] None is left. Make new ones on your security page.
    [one] One is left. Make new ones on your security page soon.
   *[other] { $left } are left.
}
mail-backup-made-subject = New backup codes for { $site }
mail-backup-made-lead = New backup codes were made for your account at { $site }. Those from before no longer work.

mail-device-subject = A sign-in to { $site } from a new browser
mail-device-lead = Your account at { $site } was signed in to from a browser that it was not used with before.

mail-device-copied-subject = A remembered device at { $site } is asked for a second factor again
mail-device-copied-lead = A device that you asked { $site } to remember signed in with something that had been used before. It may be a backup of yours, or somebody may have copied it. That device is no longer remembered.

mail-failed-subject = A sign-in to { $site } stopped at the second factor
mail-failed-lead = Somebody entered the right password of your account at { $site }, but no right second factor, and was not let in.
mail-failed-care = If it was you, there is nothing to do.

mail-recovery-started-subject = Recovery of your account at { $site } has begun
mail-recovery-started-lead = Somebody asked to remove the second factor of your account at { $site }, because it is lost. For your safety this takes a while:
mail-recovery-ready-at = Possible from
mail-recovery-started-care = We will write again then. If this was not you, call it off now.
mail-recovery-cancel = Call the recovery off
mail-recovery-ready-subject = Your account at { $site } can be recovered now
mail-recovery-ready-lead = The wait is over: you can set up a new second factor for your account at { $site }. You need your password for it.
mail-recovery-ready-button = Recover my account
mail-recovery-ready-care = If you did not ask for this, call it off.
mail-recovery-cancelled-subject = The recovery at { $site } was called off
mail-recovery-cancelled-lead = The recovery of your account at { $site } was called off. Nothing was changed.

mail-frozen-subject = Your account at { $site } is frozen
mail-frozen-lead = Your account at { $site } was frozen by the link in one of our mails. Nobody can sign in to it, you included.
mail-frozen-care = To use it again, choose "Forgotten your password?" where you sign in, and set a new password. If no mail comes then, get in touch with the people who run { $site }.
