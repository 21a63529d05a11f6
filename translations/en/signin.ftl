# The pages of a sign-in.

signin-another-way = Try another way
signin-go-back = Cancel and go back
signin-skip = Not now
signin-skip-until = You can set this up later, until { $day }.
signin-skip-times = { $count ->
    [one] You can set this up later: { $count } time left.
   *[other] You can set this up later: { $count } times left.
}
signin-codes-later = Not now
signin-choose-title = Choose a second way to prove it's you
signin-choose-lead = From now on, signing in takes your password and one of these. You can add others later.
signin-ways-title = Prove it's you
signin-no-way-left-title = No way left to prove it's you
signin-no-way-left = Your second factor is switched off or no longer allowed here. Ask the people who run your help centre to reset it.
