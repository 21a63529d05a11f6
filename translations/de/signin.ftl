# Anmelden: Passwort, neues Passwort, der Weg zurück, Abmelden.

signin-continue = Weiter
signin-cancel = Abbrechen und zurück
signin-help-centre = Zum Hilfecenter

## Das Passwort

signin-password-title = Anmelden
signin-password-name = E-Mail-Adresse oder Benutzername
signin-password-password = Passwort

signin-passkey = Mit einem Passkey anmelden

signin-error-name-missing = Geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen ein.
signin-error-password-missing = Geben Sie Ihr Passwort ein.
signin-error-no-match = E-Mail-Adresse oder Benutzername und Passwort passen nicht zusammen.
    .more = Prüfen Sie beides und versuchen Sie es noch einmal. Nach mehreren Versuchen müssen Sie ein paar Minuten warten.
signin-error-busy = Gerade melden sich sehr viele Personen an.
    .more = Mit Ihrem Konto ist alles in Ordnung: Warten Sie ein paar Sekunden und versuchen Sie es dann noch einmal.
signin-error-passkey = Mit diesem Passkey konnten Sie sich nicht anmelden.
    .more = Versuchen Sie es noch einmal oder geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen und Ihr Passwort ein.

## Ein neues Passwort

signin-new-password-title = Neues Passwort wählen
signin-new-password-longer = Die Regeln dieses Hilfecenters verlangen jetzt ein längeres Passwort. Dieses hier gilt für { $account }.
signin-new-password-reset = Die Betreiber dieses Hilfecenters bitten Sie, ein neues Passwort zu wählen. Dieses hier gilt für { $account }.
signin-new-password-password = Neues Passwort
signin-new-password-rules = Mindestens { $minimum } Zeichen. Leerzeichen und alle Buchstaben sind erlaubt; ein paar Wörter ohne Zusammenhang sind leicht zu merken.
signin-new-password-repeat = Dasselbe Passwort noch einmal
signin-new-password-save = Speichern und weiter

signin-error-too-short = Verwenden Sie mindestens { $minimum } Zeichen.
    .more = Ein paar Wörter ohne Zusammenhang ergeben ein gutes Passwort.
signin-error-too-long = Dieses Passwort ist zu lang.
    .more = Verwenden Sie höchstens 1.000 Zeichen.
signin-error-common = Dieses Passwort ist zu verbreitet.
    .more = Es steht auf einer Liste, die Angreifer zuerst durchprobieren: Wählen Sie ein anderes.
signin-error-context = Dieses Passwort ist leicht zu erraten.
    .more = Es enthält Ihren Namen, Ihre E-Mail-Adresse oder den Namen dieses Hilfecenters: Wählen Sie ein anderes.
signin-error-mismatch = Die beiden Passwörter stimmen nicht überein.
    .more = Geben Sie zweimal dasselbe ein.
signin-error-same = Das ist Ihr bisheriges Passwort.
    .more = Wählen Sie ein anderes.
signin-error-unusable = Dieses Passwort enthält Zeichen, die sich nicht zuverlässig noch einmal eingeben lassen.
    .more = Wählen Sie ein anderes.

## Der Weg zurück zum Hilfecenter

signin-done-page-title = Sie werden angemeldet
signin-done-title = Sie sind angemeldet
signin-done-lead = Wir bringen Sie zurück zu { $site } …
signin-done-lead-nameless = Wir bringen Sie zurück zum Hilfecenter …
signin-done-hint = Wenn sich in ein paar Sekunden nichts tut:

## Abmelden

signin-out-page-title = Abmelden
signin-out-title = Abmelden?
signin-out-lead = Sie sind als { $account } angemeldet. Beim nächsten Mal werden Sie wieder nach Ihrem Passwort gefragt.
signin-out-button = Abmelden

## Seiten, die nur etwas mitteilen

signin-notice-expired = Diese Anmeldung hat zu lange gedauert
    .sentence = Zum Schutz Ihres Kontos muss eine Anmeldung innerhalb weniger Minuten abgeschlossen werden.
    .way-on = Gehen Sie zurück zum Hilfecenter und wählen Sie noch einmal „Anmelden“.
signin-notice-finished = Sie sind hier bereits angemeldet
    .sentence = Diese Anmeldung wurde schon abgeschlossen; auf dieser Seite gibt es nichts mehr zu tun.
    .way-on = Gehen Sie zurück zum Hilfecenter, um weiterzumachen.
signin-notice-cancelled = Sie haben die Anmeldung abgebrochen
    .sentence = Sie sind nicht angemeldet, und es wurde nichts geändert.
    .way-on = Sie können sich jederzeit über das Hilfecenter anmelden.
signin-notice-other-browser = Diese Anmeldung gehört zu einem anderen Browser
    .sentence = Sie wurde in einem anderen Browser oder einem privaten Fenster begonnen und kann nur dort abgeschlossen werden.
    .way-on = Gehen Sie in diesem Browser zurück zum Hilfecenter und wählen Sie noch einmal „Anmelden“.
signin-notice-not-configured = Die Anmeldung ist noch nicht eingerichtet
    .sentence = Die Betreiber dieses Hilfecenters haben die Anmeldung noch nicht fertig eingerichtet.
    .way-on = Wenden Sie sich an den Betreiber des Hilfecenters und nennen Sie ihm die Referenz unten auf dieser Seite.
signin-notice-request-refused = Wir konnten diese Anmeldung nicht annehmen
    .sentence = Die Anfrage, die Sie hierher geführt hat, war veraltet oder entsprach nicht dem, was diese Seite erwartet. Sie haben nichts falsch gemacht.
    .way-on = Gehen Sie zurück zum Hilfecenter und wählen Sie noch einmal „Anmelden“. Wenn es wieder passiert, wenden Sie sich an dessen Betreiber und nennen Sie die Referenz unten auf dieser Seite.
signin-notice-site-gone = Für dieses Hilfecenter meldet man sich hier nicht mehr an
    .sentence = Sein Betreiber verwendet diese Anmeldeseite nicht mehr.
    .way-on = Fragen Sie den Betreiber des Hilfecenters, wie Sie sich jetzt anmelden.
signin-notice-signed-out = Sie sind abgemeldet
    .sentence = Sie haben sich von dieser Seite abgemeldet. Im Hilfecenter selbst sind Sie vielleicht noch angemeldet, bis Sie sich auch dort abmelden.
    .way-on = Schließen Sie an einem gemeinsam genutzten Computer auch den Browser.
signin-notice-language-chosen = Ihre Sprache ist eingestellt
    .sentence = Ab jetzt erscheinen die Anmeldeseiten in diesem Browser auf Deutsch.
    .way-on = Gehen Sie zurück zum Hilfecenter, um weiterzumachen.
signin-notice-busy = Gerade ist sehr viel los
    .sentence = In diesem Moment melden sich viele Personen an. Mit Ihrem Konto ist alles in Ordnung.
    .way-on = Warten Sie ein paar Sekunden und laden Sie die Seite dann neu.

## Zweite Faktoren

signin-another-way = Andere Methode verwenden
signin-skip = Jetzt nicht
signin-skip-until = Sie können das auch später einrichten, bis zum { $day }.
signin-skip-times = { $count ->
    [one] Sie können das noch { $count }-mal auf später verschieben.
   *[other] Sie können das noch { $count }-mal auf später verschieben.
}
signin-codes-later = Jetzt nicht
signin-choose-title = Wählen Sie einen zweiten Faktor
signin-choose-lead = Ab jetzt melden Sie sich mit Ihrem Passwort und einer dieser Methoden an. Weitere können Sie später hinzufügen.
signin-recommended = Empfohlen
signin-weaker = Weniger sicher
signin-another-title = Fügen Sie einen weiteren zweiten Faktor hinzu
signin-another-lead = { $count ->
    [one] Wenn Sie den vorhandenen einmal verlieren, kommen Sie mit einem anderen hinein. Dieses Hilfecenter verlangt von allen neben dem Passwort { $count } Methode.
   *[other] Wenn Sie den vorhandenen einmal verlieren, kommen Sie mit einem anderen hinein. Dieses Hilfecenter verlangt von allen neben dem Passwort { $count } Methoden.
}
signin-more-ways = Wenn Sie diese Methode einmal verlieren, hilft Ihnen eine zweite auf einem anderen Gerät. Sie können jederzeit weitere hinzufügen.
signin-ways-title = Bestätigen Sie, dass Sie es sind
signin-no-way-left-title = Keine Methode mehr verfügbar
signin-no-way-left = Ihr zweiter Faktor ist abgeschaltet oder hier nicht mehr erlaubt. Bitten Sie die Betreiber Ihres Hilfecenters, ihn zurückzusetzen.
