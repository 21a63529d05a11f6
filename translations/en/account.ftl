# The customer's own security page.

account-title = Your account's security
# $account is an email address.
account-lead = How you sign in, for { $account }.
account-back = Back to your account's security
account-save = Save
# A link to that page, from elsewhere.
account-link = See how you sign in and where you are signed in

# A browser, such as Firefox, and what it runs on, such as Windows or iPhone.
account-browser = { $browser } on { $system }
account-browser-unknown = Unknown browser

## Proving again who you are, before something is changed

account-again-title = Prove it's you again
account-again-lead = Before anything about how you sign in is changed, we make sure that it is you. Then you go on where you were.

## What was done, after it

account-done-factor-added = It is set up. From now on, it can be asked for when you sign in.
account-done-factor-renamed = The name is saved.
account-done-factor-removed = It is removed. You are signed out everywhere else.
account-done-codes-made = Your new backup codes are saved. The old ones no longer work.
account-done-password-changed = Your password is changed. You are signed out everywhere else.
account-done-preference-kept = Saved.
account-done-session-ended = Signed out there.
account-done-device-forgotten = Forgotten. The next sign-in there asks for a second factor.

## Second factors

account-factors = Second factors
account-factors-none = You have none. With one, your password alone lets nobody in.
account-factors-one = Add another way, so that you can still sign in when you lose this one.
# $added and $used are days.
account-factor-dates = Added { $added }, last used { $used }
account-factor-added = Added { $added }
account-factor-off = Off after too many wrong answers. Replace or remove it.
account-factor-not-allowed = No longer accepted by this help centre.
account-factor-change = Change
account-factor-add = Add a second factor
account-preferred = Ask me first for
account-preferred-last = The one I used last

account-add-title = Add a second factor
account-add-lead = With more than one, you can still sign in when you lose one.
account-add-none = There is nothing to add: you have all that this help centre accepts.

account-factor-title = Change a second factor
account-factor-name = Name
account-factor-name-hint = So that you know which one it is, such as the device it is on.
account-factor-rename = Save the name
account-name-missing = Enter a name.
# $most is 60.
account-name-too-long = Use at most { $most } characters.
account-name-unusable = That name holds characters that can't be shown.
    .more = Use letters, digits and signs.
account-factor-replace = Replace it
account-factor-replace-lead = For a new phone, for example. The new one is set up first; this one works until then.
account-factor-remove = Remove it
account-factor-remove-lead = It is not asked for any more, and you are signed out everywhere else.

account-remove-title = Remove this second factor?
account-remove-lead = It is not asked for any more. You are signed out everywhere else, and devices that were remembered are not any more.
account-remove-codes = Your backup codes are removed with it.
account-remove-button = Remove it
account-remove-needed-title = You need this second factor
# $least is 1 to 3: how many second factors have to stay.
account-remove-needed = { $least ->
    [one] This help centre asks for a second factor, and this is the last one that works. Add another first, then remove this one.
   *[other] This help centre asks you to keep { $least } second factors. Add another first, then remove this one.
}

## Backup codes

account-codes-left = { $count ->
    [0] You have used them all.
    [one] You have { $count } code left.
   *[other] You have { $count } codes left.
}
account-codes-none = You have none. They let you in when you lose your second factor.
account-codes-make = Make new backup codes
account-codes-title = Make new backup codes?
account-codes-lead = Each code signs you in once in place of a second factor. They are shown only once: have something to keep them on ready.
account-codes-replace = { $count ->
    [one] The { $count } code you have left works until you have saved the new ones.
   *[other] The { $count } codes you have left work until you have saved the new ones.
}

## Where you are signed in

account-sessions = Where you are signed in
account-session-this = This browser
# $when is a day and a time.
account-session-since = Since { $when }
account-session-seen = Last seen { $when }
account-session-end = Sign out
account-sessions-end = Sign out everywhere else

account-devices = Remembered devices
account-devices-none = None. When you sign in, you can have a device of yours remembered.
account-devices-lead = Signing in there takes your password only.
# $used is a day and a time, $until a day.
account-device-dates = Last used { $used }, remembered until { $until }
account-device-forget = Forget
account-devices-forget = Forget all

## Password

account-password = Password
# $day is a day.
account-password-since = Set on { $day }.
account-password-none = You have none: you sign in without.
account-password-change = Change your password
account-password-set = Set a password
account-password-lead = You are signed out everywhere else, and devices that were remembered are not any more.
account-password-current = Password you have now
account-password-save = Save the new password
account-password-current-missing = Enter the password you have now.
account-password-current-wrong = That is not the password you have now.
    .more = After several tries we ask you to wait a few minutes.

## Language

account-language = Language
account-language-label = Language of these pages and of our mails
