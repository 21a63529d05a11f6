# お客様ご自身のセキュリティ ページ。

account-title = アカウントのセキュリティ
account-lead = { $account } のログイン方法です。
account-back = アカウントのセキュリティに戻る
account-save = 保存
account-link = ログイン方法とログイン中のブラウザーを確認

account-browser = { $system } の { $browser }
account-browser-unknown = 不明なブラウザー

## 変更前の本人確認

account-again-title = もう一度、本人確認をしてください
account-again-lead = ログイン方法を変更する前に、ご本人であることを確認します。確認が終わると、元の操作に戻ります。

## 変更後のお知らせ

account-done-factor-added = 設定しました。今後は、ログイン時に求められることがあります。
account-done-factor-renamed = 名前を保存しました。
account-done-factor-removed = 削除しました。ほかのブラウザーからはすべてログアウトされています。
account-done-codes-made = 新しいバックアップ コードを保存しました。以前のコードは使えなくなりました。
account-done-password-changed = パスワードを変更しました。ほかのブラウザーからはすべてログアウトされています。
account-done-preference-kept = 保存しました。
account-done-session-ended = ログアウトしました。
account-done-device-forgotten = 記憶を解除しました。次回のログイン時には、2 段階認証が必要です。

## 2 段階認証

account-factors = 2 段階認証
account-factors-none = まだ設定されていません。設定すると、パスワードだけではログインできなくなり、安全性が高まります。
account-factors-one = この方法を失ってもログインできるように、別の方法を追加してください。
account-factor-dates = 追加: { $added }、最終使用: { $used }
account-factor-added = 追加: { $added }
account-factor-off = 誤った入力が続いたため、無効になりました。置き換えるか、削除してください。
account-factor-not-allowed = このヘルプ センターでは使えなくなりました。
account-factor-change = 変更
account-factor-add = 2 段階認証の方法を追加
account-preferred = 最初に使う方法
account-preferred-last = 前回使った方法

account-add-title = 2 段階認証の方法の追加
account-add-lead = 複数の方法を設定しておくと、1 つが使えなくなってもログインできます。
account-add-none = 追加できる方法はありません。このヘルプ センターで使える方法は、すべて設定済みです。

account-factor-title = 2 段階認証の方法の変更
account-factor-name = 名前
account-factor-name-hint = 使っているデバイスの名前など、見分けやすい名前を付けてください。
account-factor-rename = 名前を保存
account-name-missing = 名前を入力してください。
account-name-too-long = { $most } 文字以内にしてください。
account-name-unusable = 名前に、表示できない文字が含まれています。
    .more = 文字、数字、記号を使ってください。
account-factor-replace = 置き換える
account-factor-replace-lead = スマートフォンを買い替えたときなどに使います。先に新しいものを設定します。設定が終わるまでは、現在のものを使えます。
account-factor-remove = 削除
account-factor-remove-lead = 今後は求められなくなります。ほかのブラウザーからはすべてログアウトされます。

account-remove-title = この 2 段階認証の方法を削除しますか?
account-remove-lead = 今後は求められなくなります。ほかのブラウザーからはすべてログアウトされ、デバイスの記憶もすべて解除されます。
account-remove-codes = バックアップ コードも一緒に削除されます。
account-remove-button = 削除
account-remove-needed-title = この 2 段階認証の方法は必要です
account-remove-needed = { $least ->
    [1] このヘルプ センターでは 2 段階認証が必要で、使える方法はこれしか残っていません。先に別の方法を追加してから、これを削除してください。
   *[other] このヘルプ センターでは、2 段階認証の方法が { $least } つ必要です。先に別の方法を追加してから、これを削除してください。
}

## バックアップ コード

account-codes-left = { $count ->
    [0] コードをすべて使い切りました。
   *[other] 残りのコードは { $count } 個です。
}
account-codes-none = まだ作成されていません。作成しておくと、2 段階認証の方法が使えなくなってもログインできます。
account-codes-make = 新しいバックアップ コードを作成
account-codes-title = 新しいバックアップ コードを作成しますか?
account-codes-lead = 各コードで、2 段階認証の代わりに 1 回だけログインできます。コードが表示されるのは 1 回だけです。保存する場所を用意しておいてください。
account-codes-replace = { $count ->
   *[other] 残りの { $count } 個のコードは、新しいコードを保存するまで使えます。
}

## ログイン中のブラウザー

account-sessions = ログイン中のブラウザー
account-session-this = このブラウザー
account-session-since = ログイン日時: { $when }
account-session-seen = 最終アクセス: { $when }
account-session-end = ログアウト
account-sessions-end = ほかのすべてのブラウザーからログアウト

account-devices = 記憶したデバイス
account-devices-none = ありません。ログイン時に、お使いのデバイスを記憶させることができます。
account-devices-lead = これらのデバイスでは、パスワードだけでログインできます。
account-device-dates = 最終使用: { $used }、記憶の期限: { $until }
account-device-forget = 記憶を解除
account-devices-forget = すべての記憶を解除

## パスワード

account-password = パスワード
account-password-since = { $day }に設定されました。
account-password-none = 設定されていません。パスワードなしでログインしています。
account-password-change = パスワードを変更
account-password-set = パスワードを設定
account-password-lead = ほかのブラウザーからはすべてログアウトされ、デバイスの記憶もすべて解除されます。
account-password-current = 現在のパスワード
account-password-save = 新しいパスワードを保存
account-password-current-missing = 現在のパスワードを入力してください。
account-password-current-wrong = 現在のパスワードと一致しません。
    .more = 何度か失敗すると、数分お待ちいただくことがあります。

## 言語

account-language = 言語
account-language-label = ページとメールの言語
