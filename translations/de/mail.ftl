# E-Mails an Kunden. Was auf „Guten Tag …,“ folgt, beginnt klein.

mail-hello = Guten Tag { $name },
mail-hello-anybody = Guten Tag,
mail-foot = Sie erhalten diese E-Mail, weil diese Adresse zu einem Konto bei { $site } gehört. Antworten auf diese E-Mail liest niemand.
mail-copy-link = Wenn die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:

mail-not-you = Waren Sie das nicht?
mail-not-you-lead = Dann kennt vielleicht jemand anderes Ihr Passwort. Sperren Sie Ihr Konto: Niemand kann sich mehr anmelden, bis Sie ein neues Passwort festlegen oder die Betreiber von { $site } das Konto geprüft haben.
mail-freeze = Mein Konto sperren

mail-fact-when = Zeitpunkt
mail-fact-browser = Browser
mail-fact-network = Netzwerk
mail-fact-method = Methode
mail-fact-name = Name
mail-fact-old-address = Bisherige Adresse
mail-fact-new-address = Neue Adresse

mail-method-passkey = Passkey
mail-method-totp = Authenticator-App
mail-method-yubikey = YubiKey
mail-method-duo = Duo
mail-method-sms = Code per SMS
mail-method-email-code = Code per E-Mail
mail-method-questions = Sicherheitsfragen
mail-method-backup-codes = Backup-Codes
mail-method-other = Andere Methode

mail-code-subject = Ihr Anmeldecode für { $site }
mail-code-lead = geben Sie diesen Code auf der Seite ein, auf der Sie sich gerade bei { $site } anmelden:
mail-code-life = { $minutes ->
    [one] Er gilt nur einmal und läuft nach einer Minute ab.
   *[other] Er gilt nur einmal und läuft nach { $minutes } Minuten ab.
}
mail-code-care = Niemand von { $site } wird Sie je nach diesem Code fragen. Wenn Sie sich gerade nicht anmelden, kennt jemand anderes Ihr Passwort: Ändern Sie es.

mail-reset-subject = Neues Passwort für { $site } festlegen
mail-reset-lead = jemand, hoffentlich Sie, hat für Ihr Konto bei { $site } ein neues Passwort angefordert.
mail-reset-button = Neues Passwort festlegen
mail-reset-life = { $minutes ->
    [one] Der Link funktioniert nur einmal und läuft nach einer Minute ab. Beim Anmelden werden Sie weiterhin nach Ihrem zweiten Faktor gefragt.
   *[other] Der Link funktioniert nur einmal und läuft nach { $minutes } Minuten ab. Beim Anmelden werden Sie weiterhin nach Ihrem zweiten Faktor gefragt.
}
mail-reset-care = Wenn Sie das nicht waren, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.

mail-set-subject = Willkommen bei { $site }: Legen Sie Ihr Passwort fest
mail-set-lead = für Sie wurde ein Konto bei { $site } angelegt. Legen Sie ein Passwort fest, um sich anzumelden.
mail-set-button = Mein Passwort festlegen
mail-set-life = { $hours ->
    [one] Der Link funktioniert nur einmal und läuft nach einer Stunde ab.
   *[other] Der Link funktioniert nur einmal und läuft nach { $hours } Stunden ab.
}

mail-factor-added-subject = Neuer zweiter Faktor bei { $site }
mail-factor-added-lead = Ihrem Konto bei { $site } wurde ein zweiter Faktor hinzugefügt.
mail-factor-removed-subject = Zweiter Faktor bei { $site } entfernt
mail-factor-removed-lead = aus Ihrem Konto bei { $site } wurde ein zweiter Faktor entfernt.

mail-factors-reset-subject = Ihre zweiten Faktoren bei { $site } wurden entfernt
mail-factors-reset-lead = alle zweiten Faktoren Ihres Kontos bei { $site } wurden entfernt. Bei der nächsten Anmeldung richten Sie einen neuen ein.

mail-welcome-subject = Willkommen bei { $site }
mail-welcome-lead = für Sie wurde ein Konto bei { $site } angelegt. Melden Sie sich mit dieser E-Mail-Adresse und dem Passwort an, das Sie erhalten haben.
mail-welcome-more = Dabei werden Sie vielleicht gebeten, einen zweiten Faktor einzurichten, etwa eine Authenticator-App. Das dauert eine Minute.

mail-password-changed-subject = Ihr Passwort für { $site } wurde geändert
mail-password-changed-lead = das Passwort Ihres Kontos bei { $site } wurde geändert. Überall sonst sind Sie jetzt abgemeldet.

mail-password-off-subject = Ihr Passwort für { $site } muss neu festgelegt werden
mail-password-off-lead = für Ihr Konto bei { $site } wurde hundertmal hintereinander ein falsches Passwort eingegeben. Niemand ist hineingekommen. Damit es niemand erraten kann, gilt Ihr Passwort dort nicht mehr, außer in Browsern, in denen Sie sich schon früher angemeldet haben.
mail-password-off-care = Um sich anderswo anzumelden, wählen Sie auf der Anmeldeseite „Passwort vergessen?“ und legen Sie ein neues Passwort fest.

mail-email-changed-subject = Ihre E-Mail-Adresse bei { $site } wurde geändert
mail-email-changed-lead = E-Mails zu Ihrem Konto bei { $site } gehen ab jetzt an eine andere Adresse, und mit dieser melden Sie sich auch an.

mail-backup-used-subject = Ein Backup-Code für { $site } wurde verwendet
mail-backup-used-lead = einer Ihrer Backup-Codes wurde für eine Anmeldung bei { $site } verwendet.
mail-backup-used-left = { $left ->
    [0] Es ist keiner mehr übrig. Erstellen Sie auf Ihrer Sicherheitsseite neue.
    [one] Es ist nur noch einer übrig. Erstellen Sie bald neue auf Ihrer Sicherheitsseite.
   *[other] Es sind noch { $left } übrig.
}
mail-backup-made-subject = Neue Backup-Codes für { $site }
mail-backup-made-lead = für Ihr Konto bei { $site } wurden neue Backup-Codes erstellt. Die bisherigen gelten nicht mehr.

mail-device-subject = Anmeldung bei { $site } in einem neuen Browser
mail-device-lead = jemand hat sich mit Ihrem Konto bei { $site } angemeldet, und zwar in einem Browser, der dafür bisher nicht verwendet wurde.

mail-device-copied-subject = Ein gemerktes Gerät wird bei { $site } wieder nach einem zweiten Faktor gefragt
mail-device-copied-lead = ein Gerät, das sich { $site } auf Ihren Wunsch gemerkt hat, hat sich mit gespeicherten Daten angemeldet, die schon einmal verwendet worden waren. Vielleicht stammen sie aus einer Ihrer Sicherungen, vielleicht hat sie aber auch jemand kopiert. Dieses Gerät ist nicht mehr gemerkt.

mail-failed-subject = Anmeldung bei { $site } am zweiten Faktor gescheitert
mail-failed-lead = jemand hat das richtige Passwort für Ihr Konto bei { $site } eingegeben, aber keinen richtigen zweiten Faktor. Die Anmeldung wurde abgelehnt.
mail-failed-care = Wenn Sie das selbst waren, müssen Sie nichts tun.

mail-recovery-started-subject = Die Wiederherstellung Ihres Kontos bei { $site } hat begonnen
mail-recovery-started-lead = jemand möchte den zweiten Faktor Ihres Kontos bei { $site } entfernen lassen, weil er verloren gegangen ist. Zu Ihrer Sicherheit dauert das eine Weile:
mail-recovery-ready-at = Möglich ab
mail-recovery-started-care = Wir schreiben Ihnen dann noch einmal. Wenn Sie das nicht waren, brechen Sie die Wiederherstellung jetzt ab.
mail-recovery-cancel = Wiederherstellung abbrechen
mail-recovery-ready-subject = Ihr Konto bei { $site } kann jetzt wiederhergestellt werden
mail-recovery-ready-lead = die Wartezeit ist vorbei: Sie können für Ihr Konto bei { $site } einen neuen zweiten Faktor einrichten. Dafür brauchen Sie Ihr Passwort.
mail-recovery-ready-button = Mein Konto wiederherstellen
mail-recovery-ready-care = Wenn Sie das nicht angefordert haben, brechen Sie die Wiederherstellung ab.
mail-recovery-cancelled-subject = Die Wiederherstellung bei { $site } wurde abgebrochen
mail-recovery-cancelled-lead = die Wiederherstellung Ihres Kontos bei { $site } wurde abgebrochen. Es wurde nichts geändert.

mail-frozen-subject = Ihr Konto bei { $site } ist gesperrt
mail-frozen-lead = Ihr Konto bei { $site } wurde über den Link in einer unserer E-Mails gesperrt. Niemand kann sich mehr anmelden, auch Sie nicht.
mail-frozen-care = Um es wieder zu nutzen, wählen Sie auf der Anmeldeseite „Passwort vergessen?“ und legen Sie ein neues Passwort fest. Wenn dann keine E-Mail kommt, wenden Sie sich an die Betreiber von { $site }.
