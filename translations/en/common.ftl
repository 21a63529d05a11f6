# Said on more than one page.

test-who = Hello { $who }!
test-count = { $count ->
    [one] { $count } time
   *[other] { $count } times
}
