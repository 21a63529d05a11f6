# Second factors: what they are called, how they are set up and asked for.

factors-sign-in = Sign in
factors-confirm = Confirm and sign in
# Of somebody who is signed in already.
factors-confirm-adding = Confirm
# $days is 1 to 90.
factors-remember = { $days ->
    [one] Don't ask for a second factor on this device for { $days } day
   *[other] Don't ask for a second factor on this device for { $days } days
}
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
factors-totp-adding-lead = Add your account to an app, then enter a code it shows. This takes about two minutes.
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

## Security questions

factors-questions-name = Security questions
factors-questions-choice = Answers that only you should know.
factors-questions-enrol-title = Set up security questions
# $number of $count, such as 1 of 3.
factors-questions-enrol-lead = Question { $number } of { $count }. Choose one whose answer others can't find out or guess, and that you will remember word for word.
factors-questions-question = Question
factors-questions-choose = Choose a question
factors-questions-concert = What was the first concert or show you went to without your parents?
factors-questions-by-heart = Which book or film did you know by heart as a child?
factors-questions-teacher = What was the name of the first teacher you remember?
factors-questions-sunrise = Where were you when you last watched the sun rise?
factors-questions-food = What is the strangest food you have ever eaten?
factors-questions-ten = What did you want to become when you were ten?
factors-questions-bought = What was the first thing you bought with money you had earned?
factors-questions-place = Which place would you like to see again?
factors-questions-answer = Your answer
factors-questions-answer-hint = Capital letters and extra spaces don't matter. It need not be true: it must only be the same each time.
factors-questions-show = Show what I type
factors-questions-ask-title = Answer your security questions
factors-questions-ask-lead = You set these up for { $account }.
factors-questions-unchosen = Choose a question.
factors-questions-answer-missing = Enter an answer.
factors-questions-too-short = That answer is too short.
    .more = Use at least 3 letters or digits.
factors-questions-too-long = That answer is too long.
    .more = Use at most 200 characters.
factors-questions-common = That answer is one that others try first.
    .more = Choose one that only you would give.
factors-questions-of-question = That answer only repeats the question.
    .more = Choose another.
factors-questions-of-customer = That answer is your name, your address or the name of this help centre.
    .more = Others know it: choose another.
factors-questions-again = You have given that answer already.
    .more = Each question needs an answer of its own.
factors-questions-missing = Answer every question.
factors-questions-wrong = That isn't right.
    .more = At least one answer differs from what you set up. Check them all and try again.
factors-questions-changed = Your answers were not looked at.
    .more = Try again; if you have set up new answers meanwhile, cancel and sign in anew.

## YubiKeys

factors-yubikey-name = YubiKey
factors-yubikey-choice = A touch of a YubiKey that types a one-time password.
factors-yubikey-enrol-title = Set up a YubiKey
factors-yubikey-enrol-lead = From now on, signing in takes your password and a touch of your YubiKey.
factors-yubikey-ask-title = Touch your YubiKey
factors-yubikey-ask-lead = Use a YubiKey that you set up for { $account }.
factors-yubikey-label = One-time password
factors-yubikey-hint = Plug the key in, select this field and touch the key's gold contact. It types the password and sends it.
factors-yubikey-missing = Touch your YubiKey while this field is selected.
factors-yubikey-malformed = That is not what a YubiKey types.
    .more = Empty the field, select it and touch the key once.
factors-yubikey-foreign = That YubiKey isn't set up for you.
    .more = Use one of yours, or another way.
factors-yubikey-wrong = That one-time password isn't right.
    .more = Touch your YubiKey again.
factors-yubikey-used = That one-time password has been used already.
    .more = Touch your YubiKey again.
factors-yubikey-away = Your YubiKey can't be checked at the moment. It isn't your fault.
    .more = Touch it again in a minute, or use another way.

## Duo

factors-duo-name = Duo
factors-duo-choice = Approve it with Duo Mobile or another way you have at Duo.
factors-duo-enrol-title = Set up Duo
factors-duo-enrol-lead = Duo asks you to approve this once, as { $account }. From then on, signing in takes your password and your approval at Duo.
factors-duo-ask-title = Approve it with Duo
factors-duo-ask-lead = Duo asks you to approve signing in for { $account }, and brings you back here.
factors-duo-go = Continue to Duo
factors-duo-denied = Duo says that this was denied.
    .more = If that was a slip, try again.
factors-duo-ended = Nothing was approved at Duo.
    .more = Try again, or use another way.
factors-duo-stale = That approval has expired or was used already.
    .more = Try again.
factors-duo-foreign = What came back from Duo does not belong to this sign-in.
    .more = Try again from here.
factors-duo-away = Duo can't be asked at the moment. It isn't your fault.
    .more = Try again in a minute, or use another way.

## Codes by mail and by SMS

factors-sent-none-title = No code was sent
factors-sent-label = Code
factors-sent-hint = { $count ->
    [one] 6 digits. It works once, for { $count } minute.
   *[other] 6 digits. It works once, for { $count } minutes.
}
factors-sent-again = Send a new code
factors-sent-missing = Enter the 6-digit code that was sent to you.
factors-sent-malformed = The code has 6 digits, like 123 456.
factors-sent-wrong = That code isn't right.
    .more = Enter the newest one that was sent to you; older ones no longer work.
factors-sent-expired = That code is too old.
    .more = Have a new one sent.
factors-sent-none = There is no code that still works.
    .more = Have a new one sent.
factors-sent-too-many = Many codes were sent to you.
    .more = { $count ->
        [one] Another can be sent in { $count } minute.
       *[other] Another can be sent in { $count } minutes.
    }

factors-email-name = Code by mail
factors-email-choice = A code sent to your email address.
factors-email-title = Enter the code from your mail
# $to is an email address of which most is hidden.
factors-email-lead = A code was sent to { $to }. If it is not there in a minute, look in the spam folder.
factors-email-none = No code could be sent to { $to } just now.
factors-email-refused = Mail to your address is refused by its server.
    .more = Use another way, or ask the people who run your help centre.

factors-sms-name = Code by SMS
factors-sms-choice = A code sent to your phone as a text message.
factors-sms-enrol-title = Set up codes by SMS
factors-sms-enrol-lead = From now on, signing in takes your password and a code that is sent to your phone.
factors-sms-number = Mobile number
factors-sms-number-hint = With the country code, like +49 151 23456789.
factors-sms-send = Send a code
factors-sms-title = Enter the code from your phone
# $to is a phone number of which most is hidden.
factors-sms-lead = A text message with a code was sent to { $to }.
factors-sms-none = No code could be sent to { $to } just now.
factors-sms-another = Use another number
factors-sms-number-missing = Enter your mobile number.
factors-sms-number-character = That number holds something that belongs into no phone number.
    .more = Use digits, and a plus in front.
factors-sms-number-country = Enter the number with its country code.
    .more = It begins with a plus, like +49 151 23456789.
factors-sms-number-short = That number is too short.
    .more = Check that no digit is missing.
factors-sms-number-long = That number is too long.
    .more = A phone number has 15 digits at most.
factors-sms-refused = The text message could not be delivered.
    .more = Have a new code sent, or use another way.
# The message itself: 160 letters at most with the site's name, and no letters but those of GSM phones.
factors-sms-text = { $code } is your sign-in code for { $site }. Share it with nobody.
factors-sms-text-short = { $code } is your sign-in code. Share it with nobody.
