# お客様へのメール。

mail-hello = { $name } 様
mail-hello-anybody = お客様
mail-foot = このメールは、このアドレスが { $site } のアカウントに登録されているためお送りしています。このメールに返信いただいてもお答えできません。
mail-copy-link = ボタンが使えない場合は、次のアドレスをブラウザーにコピーしてください。

mail-not-you = お心当たりがない場合
mail-not-you-lead = ほかの人がパスワードを知っている可能性があります。アカウントをロックしてください。新しいパスワードを設定するか、{ $site } の担当者が確認するまで、誰もログインできなくなります。
mail-freeze = アカウントをロック

mail-fact-when = 日時
mail-fact-browser = ブラウザー
mail-fact-network = ネットワーク
mail-fact-method = 方法
mail-fact-name = 名前
mail-fact-old-address = 以前のアドレス
mail-fact-new-address = 新しいアドレス

mail-method-passkey = パスキー
mail-method-totp = 認証アプリ
mail-method-yubikey = YubiKey
mail-method-duo = Duo
mail-method-sms = SMS で届くコード
mail-method-email-code = メールで届くコード
mail-method-questions = 秘密の質問
mail-method-backup-codes = バックアップ コード
mail-method-other = その他の方法

mail-code-subject = { $site } のログイン コード
mail-code-lead = { $site } のログイン ページで、次のコードを入力してください。
mail-code-life = { $minutes ->
   *[other] このコードは 1 回だけ使え、{ $minutes } 分で無効になります。
}
mail-code-care = { $site } の担当者がこのコードをお尋ねすることは決してありません。今ログインしようとしていない場合は、ほかの人がパスワードを知っています。パスワードを変更してください。

mail-reset-subject = { $site } のパスワードの再設定
mail-reset-lead = { $site } のアカウントについて、パスワード再設定のリクエストを受け付けました。
mail-reset-button = パスワードを再設定
mail-reset-life = { $minutes ->
   *[other] リンクは 1 回だけ使え、{ $minutes } 分で無効になります。ログイン時には、これまでどおり 2 段階認証が必要です。
}
mail-reset-care = お心当たりがない場合は、何もする必要はありません。パスワードは変わりません。

mail-set-subject = { $site } へようこそ: パスワードを設定してください
mail-set-lead = { $site } にお客様のアカウントが作成されました。ログインするには、パスワードを設定してください。
mail-set-button = パスワードを設定
mail-set-life = { $hours ->
   *[other] リンクは 1 回だけ使え、{ $hours } 時間で無効になります。
}

mail-factor-added-subject = { $site } で 2 段階認証の方法が追加されました
mail-factor-added-lead = { $site } のアカウントに、2 段階認証の方法が追加されました。
mail-factor-removed-subject = { $site } で 2 段階認証の方法が削除されました
mail-factor-removed-lead = { $site } のアカウントから、2 段階認証の方法が削除されました。

mail-factors-reset-subject = { $site } の 2 段階認証の方法がすべて削除されました
mail-factors-reset-lead = { $site } のアカウントの 2 段階認証の方法がすべて削除されました。次回のログイン時に、新しい方法を設定していただきます。

mail-welcome-subject = { $site } へようこそ
mail-welcome-lead = { $site } にお客様のアカウントが作成されました。このメールアドレスと、お知らせしたパスワードでログインしてください。
mail-welcome-more = その際、認証アプリなどの 2 段階認証の設定をお願いする場合があります。設定は 1 分ほどで終わります。

mail-password-changed-subject = { $site } のパスワードが変更されました
mail-password-changed-lead = { $site } のアカウントのパスワードが変更されました。ほかのブラウザーからはすべてログアウトされています。

mail-password-off-subject = { $site } のパスワードの再設定が必要です
mail-password-off-lead = { $site } のアカウントに、誤ったパスワードが 100 回続けて入力されました。ログインはすべて拒否されています。パスワードを推測されるのを防ぐため、これまでにログインしたことのあるブラウザーを除き、現在のパスワードは使えなくなりました。
mail-password-off-care = ほかのブラウザーでログインするには、ログイン ページで「パスワードをお忘れですか?」を選び、新しいパスワードを設定してください。

mail-email-changed-subject = { $site } のメール アドレスが変更されました
mail-email-changed-lead = 今後、{ $site } のアカウントに関するメールは別のアドレスに届きます。ログインにもそのアドレスを使います。

mail-backup-used-subject = { $site } でバックアップ コードが使われました
mail-backup-used-lead = { $site } へのログインに、バックアップ コードの 1 つが使われました。
mail-backup-used-left = { $left ->
    [0] コードは残っていません。セキュリティ ページで新しいコードを作成してください。
    [1] コードの残りは 1 個です。早めにセキュリティ ページで新しいコードを作成してください。
   *[other] コードの残りは { $left } 個です。
}
mail-backup-made-subject = { $site } の新しいバックアップ コード
mail-backup-made-lead = { $site } のアカウントに、新しいバックアップ コードが作成されました。以前のコードは使えなくなりました。

mail-device-subject = 新しいブラウザーから { $site } へのログインがありました
mail-device-lead = これまで使われたことのないブラウザーから、{ $site } のアカウントへのログインがありました。

mail-device-copied-subject = { $site } が記憶したデバイスで、2 段階認証が再び必要になりました
mail-device-copied-lead = { $site } に記憶させたデバイスからのログインに、すでに使用済みの情報が使われました。ご自身のバックアップから復元されたものか、ほかの人に複製された可能性があります。このデバイスの記憶は解除されました。

mail-failed-subject = { $site } へのログインが 2 段階認証で止まりました
mail-failed-lead = { $site } のアカウントに正しいパスワードが入力されましたが、2 段階認証に通らなかったため、ログインは拒否されました。
mail-failed-care = ご自身による操作であれば、何もする必要はありません。

mail-recovery-started-subject = { $site } のアカウントの復旧が始まりました
mail-recovery-started-lead = { $site } のアカウントについて、2 段階認証の手段を紛失したため解除したいというリクエストがありました。安全のため、次の日時までお待ちいただきます。
mail-recovery-ready-at = 復旧が可能になる日時
mail-recovery-started-care = その時に、改めてメールでお知らせします。お心当たりがない場合は、今すぐ復旧をキャンセルしてください。
mail-recovery-cancel = 復旧をキャンセル
mail-recovery-ready-subject = { $site } のアカウントを復旧できるようになりました
mail-recovery-ready-lead = 待ち時間が終わり、{ $site } のアカウントに新しい 2 段階認証の方法を設定できるようになりました。設定にはパスワードが必要です。
mail-recovery-ready-button = アカウントを復旧
mail-recovery-ready-care = リクエストしたお心当たりがない場合は、復旧をキャンセルしてください。
mail-recovery-cancelled-subject = { $site } のアカウントの復旧がキャンセルされました
mail-recovery-cancelled-lead = { $site } のアカウントの復旧がキャンセルされました。何も変更されていません。

mail-frozen-subject = { $site } のアカウントがロックされました
mail-frozen-lead = { $site } のアカウントは、メールのリンクからロックされました。ご本人を含め、誰もログインできません。
mail-frozen-care = 再び使うには、ログイン ページで「パスワードをお忘れですか?」を選び、新しいパスワードを設定してください。メールが届かない場合は、{ $site } の担当者にご連絡ください。
