# 2 段階認証の方法: 名前、設定、入力。

factors-sign-in = ログイン
factors-confirm = 確認してログイン
factors-continue = 続行
factors-no-more-codes = 現在、コードを入力できません

factors-wait-seconds = 試行回数が多すぎます。
    .more = { $count ->
       *[other] { $count } 秒待ってから、もう一度お試しください。
    }
factors-wait-minutes = 試行回数が多すぎます。
    .more = { $count ->
       *[other] { $count } 分待ってから、もう一度お試しください。
    }
factors-off = 誤った入力が続いたため、この方法は無効になりました。
    .more = 別の方法を使うか、ヘルプ センターの担当者にリセットを依頼してください。
factors-taken = これはすでに使用されています。
    .more = 別のものを選ぶか、前の画面に戻ってください。

## 認証アプリ

factors-totp-name = 認証アプリ
factors-totp-choice = スマートフォンのアプリに表示されるコードを使います。
factors-totp-enrol-title = 認証アプリの設定
factors-totp-enrol-lead = 今後は、ログイン時にパスワードに加えて、スマートフォンのアプリに表示されるコードが必要になります。設定は一度だけで、2 分ほどで終わります。
factors-totp-get = アプリを用意する
factors-totp-get-lead = 認証アプリであれば、Google Authenticator、Microsoft Authenticator、2FAS、Aegis、1Password、Bitwarden など、どれでも使えます。すでにお使いのアプリがあれば、それを使ってください。
factors-totp-add = アプリにこのアカウントを追加する
factors-totp-scan = アプリでアカウントの追加を選び、このコードをスキャンしてください。
factors-totp-qr = このアカウントを認証アプリに追加する QR コード。下のキーでも同じように追加できます。
factors-totp-same-phone = そのスマートフォンでこのページを見ていますか?
factors-totp-same-phone-link = ここからアプリに追加
factors-totp-by-hand = スキャンできない場合
factors-totp-by-hand-lead = アプリでキーの手動入力を選び、次の内容を入力してください。
factors-totp-account = アカウント
factors-totp-key = キー
factors-totp-type = 種類
factors-totp-type-value = 時間ベース、6 桁
factors-totp-enter = 表示されたコードを入力する
factors-totp-code-title = コードの入力
factors-totp-code-lead = スマートフォンで認証アプリを開き、{ $account } のコードを確認してください。
factors-totp-code-label = アプリのコード
factors-totp-code-hint = 6 桁の数字です。30 秒ごとに変わります。
factors-totp-missing = 認証アプリに表示されている 6 桁のコードを入力してください。
factors-totp-malformed = コードは「123 456」のような 6 桁の数字です。
    .more = 現在アプリに表示されているコードを入力してください。
factors-totp-wrong = コードが正しくありません。
    .more = アプリでこのアカウントに表示されている最新のコードを入力してください。
factors-totp-used = このコードはすでに使用されています。
    .more = 次のコードが表示されるまでお待ちください。アプリのコードは 30 秒ごとに変わります。
factors-totp-clock-behind = { $count ->
       *[other] お使いのデバイスの時計が約 { $count } 分遅れています。
    }
    .more = 日付と時刻を自動設定にしてから、新しいコードを入力してください。
factors-totp-clock-ahead = { $count ->
       *[other] お使いのデバイスの時計が約 { $count } 分進んでいます。
    }
    .more = 日付と時刻を自動設定にしてから、新しいコードを入力してください。

## バックアップ コード

factors-backup-name = バックアップ コード
factors-backup-choice = 設定時に保存したコードの 1 つを使います。
factors-backup-new-title = バックアップ コードの保存
factors-backup-new-lead = スマートフォンを紛失した場合は、代わりにこれらのコードの 1 つでログインできます。各コードは 1 回だけ使えます。コードが表示されるのは今回だけです。
factors-backup-download = ダウンロード
factors-backup-copy = コピー
factors-backup-copied = コピーしました。
factors-backup-print = 印刷
factors-backup-saved = コードを安全な場所に保存しました
factors-backup-unsaved = コードを保存したら、チェックを入れてください。
    .more = コードは再び表示されません。
factors-backup-file = { $site } のバックアップ コード。各コードは 1 回だけ使えます。
factors-backup-file-name = バックアップコード
factors-backup-ask-title = バックアップ コードの入力
factors-backup-ask-lead = { $account } 用に保存したコードの 1 つを使ってください。
factors-backup-label = バックアップ コード
factors-backup-left = { $count ->
   *[other] 16 文字の英数字です。残りのコードは { $count } 個です。
}
factors-backup-missing = バックアップ コードの 1 つを入力してください。
factors-backup-malformed = バックアップ コードは「ABCD-EFGH-1234-5678」のような 16 文字の英数字です。
factors-backup-wrong = 入力されたコードは、お使いのバックアップ コードにありません。
    .more = その後に新しいコードを作成した場合、以前のコードは使えません。
factors-backup-used = このコードはすでに使用されています。
    .more = 別のコードを入力してください。
