# Said on more than one page.

# Before the name of the page's language, for screen readers.
common-language = Language:
# Before the letters and digits that tell support which request it was.
common-reference = Reference
# A page's title in the browser's tab when something typed is wrong.
common-error-title = Error: { $title }

common-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
# $day is the above, $time is 14:05.
common-moment = { $day }, { $time } UTC

common-error-foreign-form = This form was not sent from our page
    .sentence = To protect your account, we only accept forms sent from the sign-in page itself.
    .way-on = Go back to the help centre and choose Sign in again.
common-error-nothing-here = There is nothing here
    .sentence = The address may be mistyped, or the page may have moved.
    .way-on = Sign in from your help centre: it always leads to the right place.
common-error-wrong-method = This page can't be used that way
    .sentence = The address exists, but not for this request.
    .way-on = Go back to the help centre and choose Sign in again.
common-error-too-large = That is too much at once
    .sentence = What was sent is larger than this page accepts.
    .way-on = Go back to the help centre and choose Sign in again.
common-error-busy = We are very busy right now
    .sentence = Nothing is wrong with your account.
    .way-on = Wait a few seconds, then reload this page.
common-error-unreadable = We couldn't read that request
    .sentence = Something in it was incomplete or in the wrong form. Nothing was changed.
    .way-on = Go back to the help centre and choose Sign in again.
common-error-ours = Something went wrong on our side
    .sentence = It isn't your fault, and your account is safe.
    .way-on = Try again in a minute. If it keeps happening, give the reference below to the people who run your help centre.
common-show-password = Show password
