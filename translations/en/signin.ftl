# Signing in: the password, a new password, the way back, signing out.

signin-continue = Continue
signin-cancel = Cancel and go back
signin-help-centre = Go to the help centre

## The password

signin-password-title = Sign in
signin-password-name = Email or username
signin-password-password = Password

# The button beside the form, where no password is needed.
signin-passkey = Sign in with a passkey

signin-error-name-missing = Enter your email or username.
signin-error-password-missing = Enter your password.
signin-error-no-match = That email or username and password don't match.
    .more = Check both and try again. After several tries we ask you to wait a few minutes.
signin-error-busy = Many people are signing in right now.
    .more = Nothing is wrong with your account: wait a few seconds, then try again.
signin-error-passkey = That passkey didn't sign you in.
    .more = Try again, or enter your email or username and your password.

## A new password

signin-new-password-title = Choose a new password
# $account is an email address or a username.
signin-new-password-longer = The rules of this help centre now ask for a longer password. This one is for { $account }.
signin-new-password-reset = The people who run this help centre ask you to choose a new password. This one is for { $account }.
signin-new-password-password = New password
# $minimum is 8 or more.
signin-new-password-rules = At least { $minimum } characters. Spaces and any letters are fine, and a few unrelated words are easy to remember.
signin-new-password-repeat = The same password again
signin-new-password-save = Save and continue

# $minimum is 8 or more.
signin-error-too-short = Use at least { $minimum } characters.
    .more = A few unrelated words make a good password.
signin-error-too-long = That password is too long.
    .more = Use at most 1,000 characters.
signin-error-common = That password is too common.
    .more = It is on a list that attackers try first: choose another.
signin-error-context = That password is easy to guess.
    .more = It contains your name, your email or the name of this help centre: choose another.
signin-error-mismatch = The two passwords differ.
    .more = Type the same one twice.
signin-error-same = That is the password you have now.
    .more = Choose a different one.
signin-error-unusable = That password holds characters that can't be typed again reliably.
    .more = Choose another.

## The way back to the help centre

signin-done-page-title = Signing you in
signin-done-title = You're signed in
# $site is the help centre's name.
signin-done-lead = Taking you back to { $site }…
signin-done-lead-nameless = Taking you back to the help centre…
signin-done-hint = If nothing happens in a few seconds:

## Signing out

signin-out-page-title = Sign out
signin-out-title = Sign out?
signin-out-lead = You are signed in as { $account }. Next time, you will be asked for your password again.
signin-out-button = Sign out

## Pages that only tell something

signin-notice-expired = This sign-in took too long
    .sentence = To keep your account safe, a sign-in must be finished within a few minutes of starting it.
    .way-on = Go back to the help centre and choose Sign in again.
signin-notice-finished = You're already signed in here
    .sentence = This sign-in was completed before, so there is nothing more to do on this page.
    .way-on = Go back to the help centre to carry on.
signin-notice-cancelled = You cancelled signing in
    .sentence = You are not signed in, and nothing was changed.
    .way-on = You can sign in from the help centre whenever you like.
signin-notice-other-browser = This sign-in belongs to another browser
    .sentence = It was started in a different browser or a private window, and can only be finished there.
    .way-on = Go back to the help centre in this browser and choose Sign in again.
signin-notice-not-configured = Sign-in isn't set up yet
    .sentence = The people who run this help centre have not finished setting up sign-in.
    .way-on = Contact the help centre's owner, and give them the reference below.
signin-notice-request-refused = We couldn't accept this sign-in
    .sentence = The request that brought you here was out of date or not what this page expects. You have done nothing wrong.
    .way-on = Go back to the help centre and choose Sign in again. If it keeps happening, contact its owner and give them the reference below.
signin-notice-site-gone = This help centre doesn't sign people in here
    .sentence = Its owner no longer uses this sign-in page.
    .way-on = Contact the help centre's owner to learn how to sign in now.
signin-notice-signed-out = You're signed out
    .sentence = You have signed out of this page. The help centre itself may keep you signed in until you sign out there too.
    .way-on = On a shared computer, close the browser as well.
signin-notice-language-chosen = Your language is set
    .sentence = From now on, the sign-in pages use it in this browser.
    .way-on = Go back to the help centre to carry on.
signin-notice-busy = We are very busy right now
    .sentence = Many people are signing in at this moment. Nothing is wrong with your account.
    .way-on = Wait a few seconds, then reload this page.

## Second factors

signin-another-way = Try another way
signin-skip = Not now
signin-skip-until = You can set this up later, until { $day }.
signin-skip-times = { $count ->
    [one] You can set this up later: { $count } time left.
   *[other] You can set this up later: { $count } times left.
}
signin-codes-later = Not now
signin-choose-title = Choose a second way to prove it's you
signin-choose-lead = From now on, signing in takes your password and one of these. You can add others later.
# Beside the strongest of the methods to choose from.
signin-recommended = Recommended
# Beside a method that others may come by more easily: codes by mail or SMS, questions.
signin-weaker = Less secure
signin-another-title = Add another way to prove it's you
# $count is 2 or 3: the site asks for that many.
signin-another-lead = { $count ->
    [one] If you ever lose the one you have, this one lets you in. This help centre asks everybody for { $count } way besides the password.
   *[other] If you ever lose the one you have, another lets you in. This help centre asks everybody for { $count } ways besides the password.
}
signin-more-ways = A second way to sign in, on another device, helps when you lose this one. You can add more at any time.
signin-ways-title = Prove it's you
signin-no-way-left-title = No way left to prove it's you
signin-no-way-left = Your second factor is switched off or no longer allowed here. Ask the people who run your help centre to reset it.
