# Wege zurück: vergessenes Passwort, verlorene zweite Faktoren, Sperren eines Kontos.

recovery-forgotten-link = Passwort vergessen?
recovery-forgotten-title = Neues Passwort festlegen
recovery-forgotten-lead = Sagen Sie uns, wer Sie sind. Wir senden Ihnen dann eine E-Mail mit einem Link, über den Sie ein neues Passwort festlegen.
recovery-forgotten-send = E-Mail anfordern
recovery-back = Zurück

recovery-new-password-title = Neues Passwort wählen
recovery-new-password-lead = Für { $account }. Sie werden überall abgemeldet und beim Anmelden wie immer nach Ihrem zweiten Faktor gefragt.
recovery-first-password-title = Wählen Sie Ihr Passwort
recovery-first-password-lead = Für { $account }. Von da an melden Sie sich mit Ihrer E-Mail-Adresse oder Ihrem Benutzernamen und diesem Passwort an.

## Die Seite eines Links: eine Schaltfläche

recovery-account = Es geht um { $account }.

recovery-freeze = Ihr Konto sperren?
    .sentence = Wenn jemand anderes Ihr Konto benutzt, sperren Sie es: Alle werden abgemeldet, und niemand kann sich mehr anmelden, auch Sie nicht.
    .way-on = Um es wieder zu nutzen, wählen Sie auf der Anmeldeseite „Passwort vergessen?“ und legen Sie über die E-Mail, die wir Ihnen senden, ein neues Passwort fest.
    .button = Mein Konto sperren
recovery-cancel = Die Wiederherstellung abbrechen?
    .sentence = Jemand möchte die zweiten Faktoren dieses Kontos entfernen lassen. Wenn Sie das nicht waren oder Ihren zweiten Faktor wiedergefunden haben, brechen Sie die Wiederherstellung ab: Dann wird nichts geändert.
    .way-on = Wenn Sie das nicht waren, kennt jemand anderes Ihr Passwort. Legen Sie dann auch ein neues Passwort fest.
    .button = Wiederherstellung abbrechen
recovery-recover = Ihre zweiten Faktoren entfernen?
    .sentence = Die Wartezeit ist vorbei. Alle zweiten Faktoren Ihres Kontos und seine Backup-Codes werden entfernt, und alle werden abgemeldet.
    .way-on = Melden Sie sich danach mit Ihrem Passwort an und richten Sie einen neuen zweiten Faktor ein.
    .button = Meine zweiten Faktoren entfernen

## Seiten, die nur etwas mitteilen

recovery-mail-sent = Sehen Sie in Ihrem Postfach nach
    .sentence = Wenn es ein Konto mit diesem Namen gibt, ist eine E-Mail mit einem Link an dessen Adresse unterwegs.
    .way-on = Sie sollte in wenigen Minuten da sein; sehen Sie auch im Spam-Ordner nach. Wenn nichts kommt, prüfen Sie, ob Sie den Namen richtig geschrieben haben, und warten Sie etwas, bevor Sie es noch einmal versuchen, oder wenden Sie sich an die Betreiber Ihres Hilfecenters.
recovery-link-void = Dieser Link funktioniert nicht mehr
    .sentence = Ein Link funktioniert nur einmal und nur für eine gewisse Zeit, und eine neuere E-Mail kann eine ältere ersetzen.
    .way-on = Wenn Sie ihn noch brauchen, beginnen Sie noch einmal auf der Anmeldeseite des Hilfecenters. Mit Ihrem Konto ist alles in Ordnung.
recovery-password-set = Ihr Passwort ist festgelegt
    .sentence = Sie sind noch nicht angemeldet, und alle, die angemeldet waren, sind jetzt abgemeldet.
    .way-on = Gehen Sie zurück zum Hilfecenter, wählen Sie „Anmelden“ und verwenden Sie Ihr neues Passwort.
recovery-frozen = Ihr Konto ist gesperrt
    .sentence = Alle sind abgemeldet, und niemand kann sich mehr anmelden.
    .way-on = Um es wieder zu nutzen, wählen Sie auf der Anmeldeseite „Passwort vergessen?“ und legen Sie ein neues Passwort fest. Wenn keine E-Mail kommt, wenden Sie sich an die Betreiber Ihres Hilfecenters.
recovery-cancelled = Die Wiederherstellung ist abgebrochen
    .sentence = Ihre zweiten Faktoren bleiben, wie sie sind.
    .way-on = Wenn nicht Sie die Wiederherstellung angefordert haben, legen Sie ein neues Passwort fest: Wählen Sie dazu auf der Anmeldeseite „Passwort vergessen?“.
recovery-recovered = Ihre zweiten Faktoren sind entfernt
    .sentence = Sie sind noch nicht angemeldet.
    .way-on = Gehen Sie zurück zum Hilfecenter, melden Sie sich mit Ihrem Passwort an und richten Sie einen neuen zweiten Faktor ein.

## Alle zweiten Faktoren sind verloren

recovery-lost-link = Ich habe auf keine dieser Methoden mehr Zugriff
recovery-lost-title = Sie haben Ihre zweiten Faktoren verloren
recovery-lost-ask = Wenden Sie sich an die Betreiber Ihres Hilfecenters und bitten Sie sie, Ihren zweiten Faktor zurückzusetzen.
recovery-lost-lead = Wir können { $account } einen Link senden, der sie entfernt, damit Sie neue einrichten können.
recovery-lost-wait = Zu Ihrer Sicherheit kommt der Link erst nach einer Wartezeit: am { $when }.
recovery-lost-care = Wir schreiben Ihnen sofort, dass Sie darum gebeten haben. Wer diese E-Mail liest, kann die Wiederherstellung abbrechen.
recovery-lost-begin = Wartezeit beginnen
recovery-lost-under-way = Die Wartezeit läuft. Wir haben an { $account } geschrieben.
recovery-lost-ready-at = Die E-Mail mit dem Link kommt am { $when }.
recovery-lost-found = Wenn Sie Ihren zweiten Faktor wiederfinden, melden Sie sich einfach damit an: Dann wird die Wiederherstellung abgebrochen.
recovery-lost-ready = Die Wartezeit ist vorbei: Der Link steht in unserer E-Mail an { $account }.
recovery-lost-until = Sie können ihn bis zum { $when } verwenden.
recovery-lost-again = E-Mail noch einmal senden
recovery-lost-too-often = Das wurde in letzter Zeit zu oft angefordert. Versuchen Sie es morgen noch einmal oder wenden Sie sich an die Betreiber Ihres Hilfecenters.
