# Zweite Faktoren: wie sie heißen, wie man sie einrichtet und wie danach gefragt wird.

factors-sign-in = Anmelden
factors-confirm = Bestätigen und anmelden
factors-confirm-adding = Bestätigen
factors-remember = { $days ->
    [one] Auf diesem Gerät { $days } Tag lang nicht nach einem zweiten Faktor fragen
   *[other] Auf diesem Gerät { $days } Tage lang nicht nach einem zweiten Faktor fragen
}
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

## Passkeys

factors-passkey-name = Passkey
factors-passkey-choice = Ihr Fingerabdruck, Ihr Gesicht, Ihre Bildschirmsperre oder ein Sicherheitsschlüssel. Sie müssen nichts eintippen.
factors-passkey-made-with = { $browser } auf { $system }
factors-passkey-enrol-title = Passkey einrichten
factors-passkey-enrol-lead = Ab jetzt melden Sie sich mit Ihrem Passwort und einem Passkey an: mit Fingerabdruck, Gesicht, Bildschirmsperre oder Sicherheitsschlüssel. Ihr Browser fragt Sie, wo er gespeichert werden soll.
factors-passkey-create = Passkey erstellen
factors-passkey-ask-title = Passkey verwenden
factors-passkey-ask-lead = Bestätigen Sie mit Ihrem Fingerabdruck, Ihrem Gesicht, Ihrer Bildschirmsperre oder Ihrem Sicherheitsschlüssel, dass Sie { $account } sind.
factors-passkey-use = Weiter mit einem Passkey
factors-passkey-cancelled = Es wurde kein Passkey verwendet. Versuchen Sie es noch einmal, wenn Sie so weit sind, oder wählen Sie eine andere Methode.
factors-passkey-exists-here = Auf diesem Gerät oder Sicherheitsschlüssel gibt es schon einen Passkey für dieses Konto. Verwenden Sie ein anderes Gerät oder einen anderen Sicherheitsschlüssel.
factors-passkey-failed = Ihr Browser konnte hier keinen Passkey verwenden. Versuchen Sie es noch einmal oder wählen Sie eine andere Methode.
factors-passkey-unsupported = Dieser Browser kann keine Passkeys verwenden, oder seine Skripte sind abgeschaltet. Wählen Sie eine andere Methode oder verwenden Sie einen anderen Browser.
factors-passkey-refused = Dieser Passkey wurde nicht angenommen.
    .more = Versuchen Sie es noch einmal oder wählen Sie eine andere Methode.
factors-passkey-late = Das hat zu lange gedauert.
    .more = Versuchen Sie es noch einmal: Diese Seite ist jetzt wieder aktuell.
factors-passkey-exists = Diesen Passkey haben Sie schon.
    .more = Verwenden Sie ein anderes Gerät oder einen anderen Sicherheitsschlüssel.
factors-passkey-copied = Dieser Passkey wurde nicht angenommen: Vielleicht gibt es eine Kopie davon.
    .more = Wählen Sie eine andere Methode, entfernen Sie danach diesen Passkey und erstellen Sie einen neuen.

## Authenticator-App

factors-totp-name = Authenticator-App
factors-totp-choice = Ein Code aus einer App auf Ihrem Smartphone.
factors-totp-enrol-title = Authenticator-App einrichten
factors-totp-enrol-lead = Ab jetzt melden Sie sich mit Ihrem Passwort und einem Code aus einer App auf Ihrem Smartphone an. Das Einrichten ist nur einmal nötig und dauert etwa zwei Minuten.
factors-totp-adding-lead = Fügen Sie Ihr Konto zu einer App hinzu und geben Sie dann einen Code ein, den sie anzeigt. Das dauert etwa zwei Minuten.
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

## Sicherheitsfragen

factors-questions-name = Sicherheitsfragen
factors-questions-choice = Antworten, die nur Sie kennen sollten.
factors-questions-enrol-title = Sicherheitsfragen einrichten
factors-questions-enrol-lead = Frage { $number } von { $count }. Wählen Sie eine, deren Antwort andere nicht herausfinden oder erraten können und die Sie sich Wort für Wort merken können.
factors-questions-question = Frage
factors-questions-choose = Frage wählen
factors-questions-concert = Welches Konzert oder welche Aufführung haben Sie als Erstes ohne Ihre Eltern besucht?
factors-questions-by-heart = Welches Buch oder welchen Film kannten Sie als Kind auswendig?
factors-questions-teacher = Wie hieß die erste Lehrkraft, an die Sie sich erinnern?
factors-questions-sunrise = Wo waren Sie, als Sie zuletzt die Sonne aufgehen sahen?
factors-questions-food = Was ist das Ungewöhnlichste, das Sie je gegessen haben?
factors-questions-ten = Was wollten Sie werden, als Sie zehn waren?
factors-questions-bought = Was haben Sie sich als Erstes von selbst verdientem Geld gekauft?
factors-questions-place = Welchen Ort würden Sie gern wiedersehen?
factors-questions-answer = Ihre Antwort
factors-questions-answer-hint = Auf Großschreibung und zusätzliche Leerzeichen kommt es nicht an. Die Antwort muss nicht stimmen: Sie muss nur jedes Mal dieselbe sein.
factors-questions-show = Meine Eingabe anzeigen
factors-questions-ask-title = Sicherheitsfragen beantworten
factors-questions-ask-lead = Sie haben diese Fragen für { $account } eingerichtet.
factors-questions-unchosen = Wählen Sie eine Frage.
factors-questions-answer-missing = Geben Sie eine Antwort ein.
factors-questions-too-short = Diese Antwort ist zu kurz.
    .more = Verwenden Sie mindestens 3 Buchstaben oder Ziffern.
factors-questions-too-long = Diese Antwort ist zu lang.
    .more = Verwenden Sie höchstens 200 Zeichen.
factors-questions-common = Diese Antwort würden andere zuerst versuchen.
    .more = Wählen Sie eine, die nur Sie geben würden.
factors-questions-of-question = Diese Antwort wiederholt nur die Frage.
    .more = Wählen Sie eine andere.
factors-questions-of-customer = Diese Antwort ist Ihr Name, Ihre Adresse oder der Name dieses Hilfecenters.
    .more = Das wissen auch andere: Wählen Sie eine andere Antwort.
factors-questions-again = Diese Antwort haben Sie schon gegeben.
    .more = Jede Frage braucht ihre eigene Antwort.
factors-questions-missing = Beantworten Sie alle Fragen.
factors-questions-wrong = Das stimmt nicht.
    .more = Mindestens eine Antwort ist anders, als Sie sie eingerichtet haben. Prüfen Sie alle und versuchen Sie es noch einmal.
factors-questions-changed = Ihre Antworten wurden nicht geprüft.
    .more = Versuchen Sie es noch einmal. Wenn Sie inzwischen neue Antworten eingerichtet haben, brechen Sie ab und melden Sie sich neu an.

## YubiKeys

factors-yubikey-name = YubiKey
factors-yubikey-choice = Sie berühren einen YubiKey, und er gibt ein Einmalpasswort ein.
factors-yubikey-enrol-title = YubiKey einrichten
factors-yubikey-enrol-lead = Ab jetzt melden Sie sich mit Ihrem Passwort und einer Berührung Ihres YubiKeys an.
factors-yubikey-ask-title = YubiKey berühren
factors-yubikey-ask-lead = Verwenden Sie einen YubiKey, den Sie für { $account } eingerichtet haben.
factors-yubikey-label = Einmalpasswort
factors-yubikey-hint = Stecken Sie den YubiKey ein, wählen Sie dieses Feld aus und berühren Sie die goldene Fläche. Der YubiKey gibt das Passwort ein und sendet es ab.
factors-yubikey-missing = Berühren Sie Ihren YubiKey, während dieses Feld ausgewählt ist.
factors-yubikey-malformed = Das ist nicht das, was ein YubiKey eingibt.
    .more = Leeren Sie das Feld, wählen Sie es aus und berühren Sie den YubiKey einmal.
factors-yubikey-foreign = Dieser YubiKey ist nicht für Sie eingerichtet.
    .more = Verwenden Sie einen Ihrer YubiKeys oder eine andere Methode.
factors-yubikey-wrong = Dieses Einmalpasswort stimmt nicht.
    .more = Berühren Sie Ihren YubiKey noch einmal.
factors-yubikey-used = Dieses Einmalpasswort wurde schon verwendet.
    .more = Berühren Sie Ihren YubiKey noch einmal.
factors-yubikey-away = Ihr YubiKey kann im Moment nicht geprüft werden. Es liegt nicht an Ihnen.
    .more = Berühren Sie ihn in einer Minute noch einmal oder verwenden Sie eine andere Methode.

## Duo

factors-duo-name = Duo
factors-duo-choice = Bestätigen Sie mit Duo Mobile oder einer anderen Methode, die Sie bei Duo haben.
factors-duo-enrol-title = Duo einrichten
factors-duo-enrol-lead = Duo bittet Sie einmal um Bestätigung, und zwar als { $account }. Danach melden Sie sich mit Ihrem Passwort und Ihrer Bestätigung bei Duo an.
factors-duo-ask-title = Mit Duo bestätigen
factors-duo-ask-lead = Duo bittet Sie, die Anmeldung für { $account } zu bestätigen, und bringt Sie hierher zurück.
factors-duo-go = Weiter zu Duo
factors-duo-denied = Duo meldet, dass dies abgelehnt wurde.
    .more = Wenn das ein Versehen war, versuchen Sie es noch einmal.
factors-duo-ended = Bei Duo wurde nichts bestätigt.
    .more = Versuchen Sie es noch einmal oder verwenden Sie eine andere Methode.
factors-duo-stale = Diese Bestätigung ist abgelaufen oder wurde schon verwendet.
    .more = Versuchen Sie es noch einmal.
factors-duo-foreign = Was von Duo zurückkam, gehört nicht zu dieser Anmeldung.
    .more = Versuchen Sie es von hier aus noch einmal.
factors-duo-away = Duo ist im Moment nicht erreichbar. Es liegt nicht an Ihnen.
    .more = Versuchen Sie es in einer Minute noch einmal oder verwenden Sie eine andere Methode.

## Codes per E-Mail und per SMS

factors-sent-none-title = Es wurde kein Code gesendet
factors-sent-label = Code
factors-sent-hint = { $count ->
    [one] 6 Ziffern. Er gilt nur einmal und läuft nach { $count } Minute ab.
   *[other] 6 Ziffern. Er gilt nur einmal und läuft nach { $count } Minuten ab.
}
factors-sent-again = Neuen Code senden
factors-sent-missing = Geben Sie den 6-stelligen Code ein, den Sie erhalten haben.
factors-sent-malformed = Der Code hat 6 Ziffern, zum Beispiel 123 456.
factors-sent-wrong = Dieser Code stimmt nicht.
    .more = Geben Sie den neuesten ein, den Sie erhalten haben; ältere gelten nicht mehr.
factors-sent-expired = Dieser Code ist zu alt.
    .more = Lassen Sie sich einen neuen senden.
factors-sent-none = Es gibt keinen Code, der noch gilt.
    .more = Lassen Sie sich einen neuen senden.
factors-sent-too-many = Sie haben schon viele Codes erhalten.
    .more = { $count ->
        [one] Ein weiterer kann in { $count } Minute gesendet werden.
       *[other] Ein weiterer kann in { $count } Minuten gesendet werden.
    }

factors-email-name = Code per E-Mail
factors-email-choice = Ein Code, der an Ihre E-Mail-Adresse gesendet wird.
factors-email-title = Code aus der E-Mail eingeben
factors-email-lead = Wir haben einen Code an { $to } gesendet. Wenn er in einer Minute nicht da ist, sehen Sie im Spam-Ordner nach.
factors-email-none = Gerade konnte kein Code an { $to } gesendet werden.
factors-email-refused = E-Mails an Ihre Adresse werden von deren Server abgewiesen.
    .more = Verwenden Sie eine andere Methode oder wenden Sie sich an die Betreiber Ihres Hilfecenters.

factors-sms-name = Code per SMS
factors-sms-choice = Ein Code, der als SMS an Ihr Handy gesendet wird.
factors-sms-enrol-title = Codes per SMS einrichten
factors-sms-enrol-lead = Ab jetzt melden Sie sich mit Ihrem Passwort und einem Code an, der an Ihr Handy gesendet wird.
factors-sms-number = Handynummer
factors-sms-number-hint = Mit Ländervorwahl, zum Beispiel +49 151 23456789.
factors-sms-send = Code senden
factors-sms-title = Code aus der SMS eingeben
factors-sms-lead = Eine SMS mit einem Code wurde an { $to } gesendet.
factors-sms-none = Gerade konnte kein Code an { $to } gesendet werden.
factors-sms-another = Andere Nummer verwenden
factors-sms-number-missing = Geben Sie Ihre Handynummer ein.
factors-sms-number-character = Diese Nummer enthält etwas, das in keine Telefonnummer gehört.
    .more = Verwenden Sie Ziffern mit einem Plus davor.
factors-sms-number-country = Geben Sie die Nummer mit ihrer Ländervorwahl ein.
    .more = Sie beginnt mit einem Plus, zum Beispiel +49 151 23456789.
factors-sms-number-short = Diese Nummer ist zu kurz.
    .more = Prüfen Sie, ob eine Ziffer fehlt.
factors-sms-number-long = Diese Nummer ist zu lang.
    .more = Eine Telefonnummer hat höchstens 15 Ziffern.
factors-sms-refused = Die SMS konnte nicht zugestellt werden.
    .more = Lassen Sie sich einen neuen Code senden oder verwenden Sie eine andere Methode.
factors-sms-text = { $code } ist Ihr Anmeldecode für { $site }. Geben Sie ihn an niemanden weiter.
factors-sms-text-short = { $code } ist Ihr Anmeldecode. Geben Sie ihn an niemanden weiter.
