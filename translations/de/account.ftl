# Die eigene Sicherheitsseite des Kunden.

account-title = Sicherheit Ihres Kontos
account-lead = So melden Sie sich mit { $account } an.
account-back = Zurück zu Ihrer Sicherheitsseite
account-save = Speichern
account-link = Ansehen, wie Sie sich anmelden und wo Sie angemeldet sind

account-browser = { $browser } auf { $system }
account-browser-unknown = Unbekannter Browser

## Noch einmal bestätigen, bevor etwas geändert wird

account-again-title = Bestätigen Sie noch einmal, dass Sie es sind
account-again-lead = Bevor an Ihrer Anmeldung etwas geändert wird, vergewissern wir uns, dass Sie es sind. Danach geht es dort weiter, wo Sie waren.

## Was getan wurde

account-done-factor-added = Der zweite Faktor ist eingerichtet. Ab jetzt können Sie beim Anmelden danach gefragt werden.
account-done-factor-renamed = Der Name ist gespeichert.
account-done-factor-removed = Der zweite Faktor ist entfernt. Überall sonst sind Sie jetzt abgemeldet.
account-done-codes-made = Ihre neuen Backup-Codes sind gespeichert. Die alten gelten nicht mehr.
account-done-password-changed = Ihr Passwort ist geändert. Überall sonst sind Sie jetzt abgemeldet.
account-done-preference-kept = Gespeichert.
account-done-session-ended = Dort sind Sie jetzt abgemeldet.
account-done-device-forgotten = Nicht mehr gemerkt. Bei der nächsten Anmeldung dort wird nach einem zweiten Faktor gefragt.

## Zweite Faktoren

account-factors = Zweite Faktoren
account-factors-none = Sie haben keinen. Mit einem zweiten Faktor kommt niemand allein mit Ihrem Passwort in Ihr Konto.
account-factors-one = Fügen Sie einen weiteren Weg hinzu, damit Sie sich noch anmelden können, wenn Sie diesen verlieren.
account-factor-dates = Hinzugefügt am { $added }, zuletzt verwendet am { $used }
account-factor-added = Hinzugefügt am { $added }
account-factor-off = Nach zu vielen falschen Eingaben abgeschaltet. Ersetzen oder entfernen Sie diesen Faktor.
account-factor-not-allowed = Wird von diesem Hilfecenter nicht mehr akzeptiert.
account-factor-change = Ändern
account-factor-add = Zweiten Faktor hinzufügen
account-preferred = Zuerst abfragen
account-preferred-last = Den zuletzt verwendeten

account-add-title = Zweiten Faktor hinzufügen
account-add-lead = Mit mehr als einem können Sie sich auch dann noch anmelden, wenn Sie einen verlieren.
account-add-none = Es gibt nichts hinzuzufügen: Sie haben schon alles, was dieses Hilfecenter akzeptiert.

account-factor-title = Zweiten Faktor ändern
account-factor-name = Name
account-factor-name-hint = Damit Sie wissen, welcher es ist, zum Beispiel das Gerät, auf dem er sich befindet.
account-factor-rename = Namen speichern
account-name-missing = Geben Sie einen Namen ein.
account-name-too-long = Verwenden Sie höchstens { $most } Zeichen.
account-name-unusable = Dieser Name enthält Zeichen, die sich nicht anzeigen lassen.
    .more = Verwenden Sie Buchstaben, Ziffern und Satzzeichen.
account-factor-replace = Ersetzen
account-factor-replace-lead = Zum Beispiel bei einem neuen Smartphone. Zuerst wird der neue zweite Faktor eingerichtet; bis dahin gilt dieser weiter.
account-factor-remove = Entfernen
account-factor-remove-lead = Sie werden nicht mehr danach gefragt, und überall sonst werden Sie abgemeldet.

account-remove-title = Diesen zweiten Faktor entfernen?
account-remove-lead = Sie werden nicht mehr danach gefragt. Überall sonst werden Sie abgemeldet, und alle gemerkten Geräte werden vergessen.
account-remove-codes = Ihre Backup-Codes werden dabei ebenfalls entfernt.
account-remove-button = Entfernen
account-remove-needed-title = Sie brauchen diesen zweiten Faktor
account-remove-needed = { $least ->
    [one] Dieses Hilfecenter verlangt einen zweiten Faktor, und das ist der letzte, der funktioniert. Fügen Sie erst einen anderen hinzu und entfernen Sie dann diesen.
   *[other] Dieses Hilfecenter verlangt, dass Sie { $least } zweite Faktoren behalten. Fügen Sie erst einen anderen hinzu und entfernen Sie dann diesen.
}

## Backup-Codes

account-codes-left = { $count ->
    [0] Sie haben alle verwendet.
    [one] Sie haben noch { $count } Code.
   *[other] Sie haben noch { $count } Codes.
}
account-codes-none = Sie haben keine. Damit kommen Sie hinein, wenn Sie Ihren zweiten Faktor verlieren.
account-codes-make = Neue Backup-Codes erstellen
account-codes-title = Neue Backup-Codes erstellen?
account-codes-lead = Mit jedem Code können Sie sich einmal statt mit einem zweiten Faktor anmelden. Die Codes werden nur einmal angezeigt: Halten Sie etwas bereit, um sie aufzubewahren.
account-codes-replace = { $count ->
    [one] Ihr letzter Code gilt, bis Sie die neuen gespeichert haben.
   *[other] Ihre verbleibenden { $count } Codes gelten, bis Sie die neuen gespeichert haben.
}

## Wo man angemeldet ist

account-sessions = Wo Sie angemeldet sind
account-session-this = Dieser Browser
account-session-since = Seit dem { $when }
account-session-seen = Zuletzt aktiv am { $when }
account-session-end = Abmelden
account-sessions-end = Überall sonst abmelden

account-devices = Gemerkte Geräte
account-devices-none = Keine. Beim Anmelden können Sie festlegen, dass wir uns ein Gerät merken.
account-devices-lead = Dort brauchen Sie zum Anmelden nur Ihr Passwort.
account-device-dates = Zuletzt verwendet am { $used }, gemerkt bis zum { $until }
account-device-forget = Nicht mehr merken
account-devices-forget = Alle nicht mehr merken

## Passwort

account-password = Passwort
account-password-since = Festgelegt am { $day }.
account-password-none = Sie haben keines: Sie melden sich ohne Passwort an.
account-password-change = Passwort ändern
account-password-set = Passwort festlegen
account-password-lead = Überall sonst werden Sie abgemeldet, und alle gemerkten Geräte werden vergessen.
account-password-current = Bisheriges Passwort
account-password-save = Neues Passwort speichern
account-password-current-missing = Geben Sie Ihr bisheriges Passwort ein.
account-password-current-wrong = Das ist nicht Ihr bisheriges Passwort.
    .more = Nach mehreren Versuchen müssen Sie ein paar Minuten warten.

## Sprache

account-language = Sprache
account-language-label = Sprache dieser Seiten und unserer E-Mails
