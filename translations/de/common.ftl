# Steht auf mehr als einer Seite.

common-language = Sprache:
common-reference = Referenz
common-error-title = Fehler: { $title }

common-day = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }
common-moment = { $day }, { $time } Uhr (UTC)

common-error-foreign-form = Dieses Formular kam nicht von unserer Seite
    .sentence = Zum Schutz Ihres Kontos nehmen wir nur Formulare an, die von der Anmeldeseite selbst gesendet wurden.
    .way-on = Gehen Sie zurück zum Hilfecenter und wählen Sie noch einmal „Anmelden“.
common-error-nothing-here = Hier ist nichts
    .sentence = Vielleicht ist die Adresse falsch geschrieben oder die Seite umgezogen.
    .way-on = Melden Sie sich über Ihr Hilfecenter an: Von dort kommen Sie immer an die richtige Stelle.
common-error-wrong-method = So lässt sich diese Seite nicht aufrufen
    .sentence = Die Adresse gibt es, aber nicht für diese Art von Anfrage.
    .way-on = Gehen Sie zurück zum Hilfecenter und wählen Sie noch einmal „Anmelden“.
common-error-too-large = Das ist zu viel auf einmal
    .sentence = Was gesendet wurde, ist größer, als diese Seite annimmt.
    .way-on = Gehen Sie zurück zum Hilfecenter und wählen Sie noch einmal „Anmelden“.
common-error-busy = Gerade ist sehr viel los
    .sentence = Mit Ihrem Konto ist alles in Ordnung.
    .way-on = Warten Sie ein paar Sekunden und laden Sie die Seite dann neu.
common-error-unreadable = Wir konnten diese Anfrage nicht lesen
    .sentence = Etwas darin war unvollständig oder hatte die falsche Form. Es wurde nichts geändert.
    .way-on = Gehen Sie zurück zum Hilfecenter und wählen Sie noch einmal „Anmelden“.
common-error-ours = Bei uns ist etwas schiefgegangen
    .sentence = Es liegt nicht an Ihnen, und Ihr Konto ist sicher.
    .way-on = Versuchen Sie es in einer Minute noch einmal. Wenn es wieder passiert, nennen Sie den Betreibern Ihres Hilfecenters die Referenz unten auf dieser Seite.
common-show-password = Passwort anzeigen
