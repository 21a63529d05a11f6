# Zweite Faktoren: wie sie heißen, wie man sie einrichtet und wie danach gefragt wird.

factors-sign-in = Anmelden
factors-confirm = Bestätigen und anmelden
factors-continue = Weiter
factors-no-more-codes = Vorerst werden keine Codes mehr angenommen

factors-wait-seconds = Zu viele Versuche.
    .more = { $count ->
        [one] Warten Sie { $count } Sekunde und versuchen Sie es dann noch einmal.
       *[other] Warten Sie { $count } Sekunden und versuchen Sie es dann noch einmal.
    }
factors-wait-minutes = Zu viele Versuche.
    .more = { $count ->
        [one] Warten Sie { $count } Minute und versuchen Sie es dann noch einmal.
       *[other] Warten Sie { $count } Minuten und versuchen Sie es dann noch einmal.
    }
factors-off = Diese Methode wurde nach zu vielen falschen Eingaben abgeschaltet.
    .more = Verwenden Sie eine andere oder bitten Sie die Betreiber Ihres Hilfecenters, diese zurückzusetzen.
factors-taken = Das wird bereits verwendet.
    .more = Wählen Sie etwas anderes oder gehen Sie zurück.

## Authenticator-App

factors-totp-name = Authenticator-App
factors-totp-choice = Ein Code aus einer App auf Ihrem Smartphone.
factors-totp-enrol-title = Authenticator-App einrichten
factors-totp-enrol-lead = Ab jetzt melden Sie sich mit Ihrem Passwort und einem Code aus einer App auf Ihrem Smartphone an. Das Einrichten ist nur einmal nötig und dauert etwa zwei Minuten.
factors-totp-get = App installieren
factors-totp-get-lead = Jede Authenticator-App ist geeignet, zum Beispiel Google Authenticator, Microsoft Authenticator, 2FAS, Aegis, 1Password oder Bitwarden. Wenn Sie schon eine haben, nehmen Sie diese.
factors-totp-add = Dieses Konto hinzufügen
factors-totp-scan = Fügen Sie in der App ein Konto hinzu und scannen Sie diesen Code.
factors-totp-qr = QR-Code, der dieses Konto zu einer Authenticator-App hinzufügt. Der Schlüssel weiter unten bewirkt dasselbe.
factors-totp-same-phone = Lesen Sie das gerade auf diesem Smartphone?
factors-totp-same-phone-link = Konto von hier aus zur App hinzufügen
factors-totp-by-hand = Scannen nicht möglich?
factors-totp-by-hand-lead = Wählen Sie in der App die manuelle Eingabe eines Schlüssels und tragen Sie ein:
factors-totp-account = Konto
factors-totp-key = Schlüssel
factors-totp-type = Typ
factors-totp-type-value = Zeitbasiert, 6 Ziffern
factors-totp-enter = Angezeigten Code eingeben
factors-totp-code-title = Code eingeben
factors-totp-code-lead = Öffnen Sie die Authenticator-App auf Ihrem Smartphone und suchen Sie den Code für { $account }.
factors-totp-code-label = Code aus der App
factors-totp-code-hint = 6 Ziffern. Er ändert sich alle 30 Sekunden.
factors-totp-missing = Geben Sie den 6-stelligen Code aus Ihrer Authenticator-App ein.
factors-totp-malformed = Der Code hat 6 Ziffern, zum Beispiel 123 456.
    .more = Geben Sie den ein, den Ihre App jetzt anzeigt.
factors-totp-wrong = Dieser Code stimmt nicht.
    .more = Geben Sie den neuesten Code ein, den Ihre App für dieses Konto anzeigt.
factors-totp-used = Dieser Code wurde schon verwendet.
    .more = Warten Sie auf den nächsten: Ihre App zeigt alle 30 Sekunden einen neuen Code an.
factors-totp-clock-behind = { $count ->
        [one] Die Uhr Ihres Geräts geht etwa { $count } Minute nach.
       *[other] Die Uhr Ihres Geräts geht etwa { $count } Minuten nach.
    }
    .more = Stellen Sie Datum und Uhrzeit auf automatisch und geben Sie dann einen neuen Code ein.
factors-totp-clock-ahead = { $count ->
        [one] Die Uhr Ihres Geräts geht etwa { $count } Minute vor.
       *[other] Die Uhr Ihres Geräts geht etwa { $count } Minuten vor.
    }
    .more = Stellen Sie Datum und Uhrzeit auf automatisch und geben Sie dann einen neuen Code ein.

## Backup-Codes

factors-backup-name = Backup-Codes
factors-backup-choice = Einer der Codes, die Sie beim Einrichten gespeichert haben.
factors-backup-new-title = Backup-Codes speichern
factors-backup-new-lead = Wenn Sie Ihr Smartphone verlieren, können Sie sich stattdessen mit einem dieser Codes anmelden. Jeder Code gilt nur einmal. Die Codes werden nur jetzt angezeigt.
factors-backup-download = Herunterladen
factors-backup-copy = Kopieren
factors-backup-copied = Kopiert.
factors-backup-print = Drucken
factors-backup-saved = Ich habe diese Codes an einem sicheren Ort gespeichert
factors-backup-unsaved = Bestätigen Sie, dass Sie die Codes gespeichert haben.
    .more = Die Codes werden nicht noch einmal angezeigt.
factors-backup-file = Backup-Codes für { $site }. Jeder Code gilt nur einmal.
factors-backup-file-name = backup-codes
factors-backup-ask-title = Backup-Code eingeben
factors-backup-ask-lead = Verwenden Sie einen der Codes, die Sie für { $account } gespeichert haben.
factors-backup-label = Backup-Code
factors-backup-left = { $count ->
    [one] 16 Buchstaben und Ziffern. Sie haben noch { $count } Code.
   *[other] 16 Buchstaben und Ziffern. Sie haben noch { $count } Codes.
}
factors-backup-missing = Geben Sie einen Ihrer Backup-Codes ein.
factors-backup-malformed = Ein Backup-Code hat 16 Buchstaben und Ziffern, zum Beispiel ABCD-EFGH-1234-5678.
factors-backup-wrong = Das ist keiner Ihrer Backup-Codes.
    .more = Wenn Sie inzwischen neue erstellt haben, gelten die alten nicht mehr.
factors-backup-used = Dieser Code wurde schon verwendet.
    .more = Geben Sie einen anderen ein.
