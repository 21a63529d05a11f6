# Ways back: a forgotten password, lost second factors, and freezing an account.

recovery-forgotten-link = Forgotten your password?
recovery-forgotten-title = Set a new password
recovery-forgotten-lead = Tell us who you are, and we send you a mail with a link to set a new password.
recovery-forgotten-send = Send me a mail
recovery-back = Back

recovery-new-password-title = Choose a new password
# $account is an email address.
recovery-new-password-lead = For { $account }. You will be signed out everywhere, and asked for your second factor as ever when you sign in.
recovery-first-password-title = Choose your password
recovery-first-password-lead = For { $account }. From then on you sign in with your email or username and this password.

## A link's page: one button

# $account is an email address.
recovery-account = This is about { $account }.

recovery-freeze = Freeze your account?
    .sentence = If somebody else is using your account, freeze it: everybody is signed out, and nobody can sign in, you included.
    .way-on = To use it again, choose "Forgotten your password?" where you sign in, and set a new password by the mail we send you.
    .button = Freeze my account
recovery-cancel = Call the recovery off?
    .sentence = Somebody asked to remove the second factors of this account. If this was not you, or you have found yours, call it off: nothing is changed then.
    .way-on = If this was not you, somebody else knows your password. Set a new one as well.
    .button = Call it off
recovery-recover = Remove your second factors?
    .sentence = The wait is over. All second factors of your account and its backup codes are removed, and everybody is signed out.
    .way-on = Then sign in with your password, and set up a new second factor.
    .button = Remove my second factors

## Pages that only tell something

recovery-mail-sent = Look into your mailbox
    .sentence = If there is an account of that name, a mail with a link is on its way to its address.
    .way-on = It should be there within a few minutes; look into the spam folder too. If nothing comes, check how you wrote the name and wait a while before you ask again, or contact the people who run your help centre.
recovery-link-void = This link doesn't work any more
    .sentence = A link works once and for some time only, and a newer mail can replace an older one.
    .way-on = If you still need it, start again from the help centre's sign-in page. There is nothing wrong with your account.
recovery-password-set = Your password is set
    .sentence = You are not signed in yet, and everybody who was is signed out.
    .way-on = Go back to the help centre, choose Sign in, and use your new password.
recovery-frozen = Your account is frozen
    .sentence = Everybody is signed out, and nobody can sign in.
    .way-on = To use it again, choose "Forgotten your password?" where you sign in, and set a new password. If no mail comes, contact the people who run your help centre.
recovery-cancelled = The recovery is called off
    .sentence = Your second factors stay as they are.
    .way-on = If it was not you who asked, set a new password: choose "Forgotten your password?" where you sign in.
recovery-recovered = Your second factors are removed
    .sentence = You are not signed in yet.
    .way-on = Go back to the help centre, sign in with your password, and set up a new second factor.

## All second factors are lost

recovery-lost-link = I have none of these any more
recovery-lost-title = You have lost your second factors
recovery-lost-ask = Contact the people who run your help centre, and ask them to reset your second factor.
# $account is an email address.
recovery-lost-lead = We can send { $account } a link that removes them, so that you can set up new ones.
recovery-lost-wait = For your safety the link comes after a wait: on { $when }.
recovery-lost-care = We write at once that you asked. Whoever reads that mail can call it off.
recovery-lost-begin = Begin the wait
recovery-lost-under-way = The wait has begun. We have written to { $account }.
recovery-lost-ready-at = The mail with the link comes on { $when }.
recovery-lost-found = If you find your second factor, just sign in with it: that calls the recovery off.
recovery-lost-ready = The wait is over: the link is in our mail to { $account }.
recovery-lost-until = It can be used until { $when }.
recovery-lost-again = Send me the mail again
recovery-lost-too-often = This was asked for too often of late. Try again tomorrow, or contact the people who run your help centre.
