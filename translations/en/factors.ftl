# Second factors: what they are called, how they are set up and asked for.

factors-sign-in = Sign in
factors-confirm = Confirm and sign in
factors-continue = Continue
factors-no-more-codes = No more codes for now

factors-wait-seconds = Too many tries.
    .more = { $count ->
        [one] Wait { $count } second, then try again.
       *[other] Wait { $count } seconds, then try again.
    }
factors-wait-minutes = Too many tries.
    .more = { $count ->
        [one] Wait { $count } minute, then try again.
       *[other] Wait { $count } minutes, then try again.
    }
factors-off = This way of signing in was switched off after too many wrong answers.
    .more = Use another way, or ask the people who run your help centre to reset it.
factors-taken = This one is in use already.
    .more = Choose another, or go back.

## Passkeys

factors-passkey-name = Passkey
factors-passkey-choice = Your fingerprint, face, screen lock or a security key. Nothing to type.
# Such as "Firefox on Linux": what a new passkey is called.
factors-passkey-made-with = { $browser } on { $system }
factors-passkey-enrol-title = Set up a passkey
factors-passkey-enrol-lead = From now on, signing in takes your password and a passkey: your fingerprint, face, screen lock or a security key. Your browser asks where to keep it.
factors-passkey-create = Create a passkey
factors-passkey-ask-title = Use your passkey
factors-passkey-ask-lead = Confirm with your fingerprint, face, screen lock or security key that you are { $account }.
factors-passkey-use = Continue with a passkey
# The browser ended it: cancelled, too late, or no passkey for this page.
factors-passkey-cancelled = No passkey was used. Try again when you are ready, or choose another way.
factors-passkey-exists-here = This device or security key already has a passkey for this account. Use another one.
factors-passkey-failed = Your browser could not use a passkey here. Try again, or choose another way.
factors-passkey-unsupported = This browser can't use passkeys, or its scripts are switched off. Choose another way, or use another browser.
factors-passkey-refused = That passkey was not accepted.
    .more = Try again, or choose another way.
factors-passkey-late = That took too long.
    .more = Try again: this page is fresh now.
factors-passkey-exists = You have that passkey already.
    .more = Use another device or security key.
factors-passkey-copied = That passkey was not accepted: there may be a copy of it.
    .more = Choose another way, then remove this passkey and make a new one.

## Authenticator app

factors-totp-name = Authenticator app
factors-totp-choice = A code from an app on your phone.
factors-totp-enrol-title = Set up an authenticator app
factors-totp-enrol-lead = From now on, signing in takes your password and a code from an app on your phone. This is done once, in about two minutes.
factors-totp-get = Get an app
factors-totp-get-lead = Any authenticator app will do: Google Authenticator, Microsoft Authenticator, 2FAS, Aegis, 1Password or Bitwarden, for example. If you have one already, use that.
factors-totp-add = Add this account to it
factors-totp-scan = In the app, choose to add an account and scan this code.
factors-totp-qr = QR code that adds this account to an authenticator app. The key below does the same.
factors-totp-same-phone = Reading this on that phone?
factors-totp-same-phone-link = Add it to the app from here
factors-totp-by-hand = Can't scan it?
factors-totp-by-hand-lead = Choose to enter a key by hand, and type:
factors-totp-account = Account
factors-totp-key = Key
factors-totp-type = Type
factors-totp-type-value = Time based, 6 digits
factors-totp-enter = Enter the code it shows
factors-totp-code-title = Enter your code
factors-totp-code-lead = Open the authenticator app on your phone and find the code for { $account }.
factors-totp-code-label = Code from the app
factors-totp-code-hint = 6 digits. It changes every 30 seconds.
factors-totp-missing = Enter the 6-digit code from your authenticator app.
factors-totp-malformed = The code has 6 digits, like 123 456.
    .more = Enter the one your app shows now.
factors-totp-wrong = That code isn't right.
    .more = Enter the newest code your app shows for this account.
factors-totp-used = That code has been used already.
    .more = Wait for the next one: your app shows a new code every 30 seconds.
factors-totp-clock-behind = { $count ->
        [one] Your device's clock is about { $count } minute behind.
       *[other] Your device's clock is about { $count } minutes behind.
    }
    .more = Set its date and time to automatic, then enter a new code.
factors-totp-clock-ahead = { $count ->
        [one] Your device's clock is about { $count } minute ahead.
       *[other] Your device's clock is about { $count } minutes ahead.
    }
    .more = Set its date and time to automatic, then enter a new code.

## Backup codes

factors-backup-name = Backup codes
factors-backup-choice = One of the codes you saved when you set up signing in.
factors-backup-new-title = Save your backup codes
factors-backup-new-lead = If you lose your phone, one of these codes signs you in instead. Each works once. They are shown only now.
factors-backup-download = Download
factors-backup-copy = Copy
factors-backup-copied = Copied.
factors-backup-print = Print
factors-backup-saved = I have saved these codes in a safe place
factors-backup-unsaved = Confirm that you have saved the codes.
    .more = They are not shown again.
factors-backup-file = Backup codes for { $site }. Each works once.
factors-backup-file-name = backup-codes
factors-backup-ask-title = Enter a backup code
factors-backup-ask-lead = Use one of the codes you saved for { $account }.
factors-backup-label = Backup code
factors-backup-left = { $count ->
    [one] 16 letters and digits. You have { $count } code left.
   *[other] 16 letters and digits. You have { $count } codes left.
}
factors-backup-missing = Enter one of your backup codes.
factors-backup-malformed = A backup code has 16 letters and digits, like ABCD-EFGH-1234-5678.
factors-backup-wrong = That is none of your backup codes.
    .more = If you have made new ones since, the old ones no longer work.
factors-backup-used = That code has been used already.
    .more = Enter another one.
