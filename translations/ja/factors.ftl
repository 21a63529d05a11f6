# 2 段階認証の方法: 名前、設定、入力。

factors-sign-in = ログイン
factors-confirm = 確認してログイン
factors-confirm-adding = 確認
factors-remember = { $days ->
   *[other] このデバイスでは { $days } 日間、2 段階認証を求めない
}
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

## パスキー

factors-passkey-name = パスキー
factors-passkey-choice = 指紋、顔、画面ロック、またはセキュリティ キーを使います。入力は不要です。
factors-passkey-made-with = { $system } の { $browser }
factors-passkey-enrol-title = パスキーの設定
factors-passkey-enrol-lead = 今後は、ログイン時にパスワードに加えて、パスキー (指紋、顔、画面ロック、またはセキュリティ キー) が必要になります。パスキーの保存先は、ブラウザーの画面で選べます。
factors-passkey-create = パスキーを作成
factors-passkey-ask-title = パスキーの使用
factors-passkey-ask-lead = 指紋、顔、画面ロック、またはセキュリティ キーで、{ $account } ご本人であることを確認してください。
factors-passkey-use = パスキーで続行
factors-passkey-cancelled = パスキーは使われませんでした。準備ができたらもう一度お試しになるか、別の方法を選んでください。
factors-passkey-exists-here = このデバイスまたはセキュリティ キーには、このアカウントのパスキーがすでにあります。別のものを使ってください。
factors-passkey-failed = ブラウザーでパスキーを使えませんでした。もう一度お試しになるか、別の方法を選んでください。
factors-passkey-unsupported = このブラウザーではパスキーを使えないか、スクリプトが無効になっています。別の方法を選ぶか、別のブラウザーを使ってください。
factors-passkey-refused = このパスキーは受け付けられませんでした。
    .more = もう一度お試しになるか、別の方法を選んでください。
factors-passkey-late = 時間がかかりすぎました。
    .more = ページを更新しましたので、もう一度お試しください。
factors-passkey-exists = このパスキーはすでに登録されています。
    .more = 別のデバイスまたはセキュリティ キーを使ってください。
factors-passkey-copied = このパスキーは複製された可能性があるため、受け付けられませんでした。
    .more = 別の方法を選び、その後でこのパスキーを削除して、新しいパスキーを作成してください。

## 認証アプリ

factors-totp-name = 認証アプリ
factors-totp-choice = スマートフォンのアプリに表示されるコードを使います。
factors-totp-enrol-title = 認証アプリの設定
factors-totp-enrol-lead = 今後は、ログイン時にパスワードに加えて、スマートフォンのアプリに表示されるコードが必要になります。設定は一度だけで、2 分ほどで終わります。
factors-totp-adding-lead = アプリにアカウントを追加し、表示されたコードを入力してください。2 分ほどで終わります。
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

## 秘密の質問

factors-questions-name = 秘密の質問
factors-questions-choice = ご本人だけが知っている答えを使います。
factors-questions-enrol-title = 秘密の質問の設定
factors-questions-enrol-lead = { $count } 問中 { $number } 問目です。ほかの人が調べたり推測したりできず、ご自身が一字一句同じように思い出せる答えの質問を選んでください。
factors-questions-question = 質問
factors-questions-choose = 質問を選択
factors-questions-concert = 親の付き添いなしで初めて行ったコンサートや公演は何ですか？
factors-questions-by-heart = 子どものころに暗記するほど好きだった本や映画は何ですか？
factors-questions-teacher = 覚えている最初の先生の名前は何ですか？
factors-questions-sunrise = 最後に日の出を見たのはどこですか？
factors-questions-food = 今までに食べた最も変わった食べ物は何ですか？
factors-questions-ten = 10 歳のころ、何になりたいと思っていましたか？
factors-questions-bought = 自分で稼いだお金で最初に買った物は何ですか？
factors-questions-place = もう一度見たい場所はどこですか？
factors-questions-answer = 答え
factors-questions-answer-hint = 大文字と小文字の違いや、余分なスペースは問題になりません。本当の答えである必要はありません。毎回同じ答えを入力してください。
factors-questions-show = 入力内容を表示
factors-questions-ask-title = 秘密の質問に回答
factors-questions-ask-lead = { $account } 用に設定した質問です。
factors-questions-unchosen = 質問を選択してください。
factors-questions-answer-missing = 答えを入力してください。
factors-questions-too-short = 答えが短すぎます。
    .more = 日本語なら 2 文字以上、英数字なら 3 文字以上にしてください。
factors-questions-too-long = 答えが長すぎます。
    .more = 200 文字以内にしてください。
factors-questions-common = この答えは、ほかの人が最初に試すものです。
    .more = ご自身だけが思いつく答えにしてください。
factors-questions-of-question = 答えが質問の言葉の繰り返しになっています。
    .more = 別の答えにしてください。
factors-questions-of-customer = 答えがお名前、メール アドレス、またはこのヘルプ センターの名前になっています。
    .more = ほかの人も知っているため、別の答えにしてください。
factors-questions-again = この答えはすでに使われています。
    .more = 質問ごとに異なる答えにしてください。
factors-questions-missing = すべての質問に答えてください。
factors-questions-wrong = 答えが正しくありません。
    .more = 少なくとも 1 つの答えが、設定した答えと異なります。すべて確認して、もう一度お試しください。
factors-questions-changed = 入力された答えは確認されませんでした。
    .more = もう一度お試しください。その間に新しい答えを設定した場合は、キャンセルしてからログインし直してください。

## YubiKey

factors-yubikey-name = YubiKey
factors-yubikey-choice = YubiKey に触れると、ワンタイム パスワードが入力されます。
factors-yubikey-enrol-title = YubiKey の設定
factors-yubikey-enrol-lead = 今後は、ログイン時にパスワードを入力し、YubiKey に触れる必要があります。
factors-yubikey-ask-title = YubiKey にタッチ
factors-yubikey-ask-lead = { $account } 用に設定した YubiKey を使ってください。
factors-yubikey-label = ワンタイム パスワード
factors-yubikey-hint = YubiKey を差し込み、この欄を選択してから、YubiKey の金色の部分に触れてください。ワンタイム パスワードが自動で入力され、送信されます。
factors-yubikey-missing = この欄を選択した状態で、YubiKey に触れてください。
factors-yubikey-malformed = YubiKey で入力された内容ではありません。
    .more = 欄を空にして選択し、YubiKey に 1 回触れてください。
factors-yubikey-foreign = この YubiKey は、お客様用に設定されたものではありません。
    .more = ご自身の YubiKey を使うか、別の方法を使ってください。
factors-yubikey-wrong = ワンタイム パスワードが正しくありません。
    .more = もう一度 YubiKey に触れてください。
factors-yubikey-used = このワンタイム パスワードはすでに使用されています。
    .more = もう一度 YubiKey に触れてください。
factors-yubikey-away = 現在、YubiKey を確認できません。お客様の操作が原因ではありません。
    .more = 1 分ほど待ってからもう一度触れるか、別の方法を使ってください。

## Duo

factors-duo-name = Duo
factors-duo-choice = Duo Mobile など、Duo に登録した方法で承認します。
factors-duo-enrol-title = Duo の設定
factors-duo-enrol-lead = { $account } として、Duo で 1 回承認してください。今後は、ログイン時にパスワードに加えて、Duo での承認が必要になります。
factors-duo-ask-title = Duo で承認
factors-duo-ask-lead = { $account } のログインを Duo で承認してください。承認が終わると、このページに戻ります。
factors-duo-go = Duo に進む
factors-duo-denied = Duo で拒否されました。
    .more = 誤って拒否した場合は、もう一度お試しください。
factors-duo-ended = Duo で承認されませんでした。
    .more = もう一度お試しになるか、別の方法を使ってください。
factors-duo-stale = この承認は期限切れか、すでに使用されています。
    .more = もう一度お試しください。
factors-duo-foreign = Duo からの応答が、このログインに対するものではありませんでした。
    .more = このページからもう一度お試しください。
factors-duo-away = 現在、Duo に接続できません。お客様の操作が原因ではありません。
    .more = 1 分ほど待ってからもう一度お試しになるか、別の方法を使ってください。

## メールや SMS で届くコード

factors-sent-none-title = コードは送信されませんでした
factors-sent-label = コード
factors-sent-hint = { $count ->
   *[other] 6 桁の数字です。1 回だけ使え、{ $count } 分で無効になります。
}
factors-sent-again = 新しいコードを送信
factors-sent-missing = 送信された 6 桁のコードを入力してください。
factors-sent-malformed = コードは「123 456」のような 6 桁の数字です。
factors-sent-wrong = コードが正しくありません。
    .more = 最後に届いたコードを入力してください。それより前のコードは使えません。
factors-sent-expired = このコードは期限切れです。
    .more = 新しいコードを受け取ってください。
factors-sent-none = 有効なコードがありません。
    .more = 新しいコードを受け取ってください。
factors-sent-too-many = コードの送信回数が多すぎます。
    .more = { $count ->
       *[other] 次のコードは { $count } 分後に送信できます。
    }

factors-email-name = メールで届くコード
factors-email-choice = メール アドレスに届くコードを使います。
factors-email-title = メールで届いたコードの入力
factors-email-lead = { $to } にコードを送信しました。1 分たっても届かない場合は、迷惑メール フォルダーを確認してください。
factors-email-none = { $to } にコードを送信できませんでした。
factors-email-refused = お使いのアドレス宛てのメールが、受信側のサーバーに拒否されました。
    .more = 別の方法を使うか、ヘルプ センターの担当者にお問い合わせください。

factors-sms-name = SMS で届くコード
factors-sms-choice = 携帯電話に SMS で届くコードを使います。
factors-sms-enrol-title = SMS で届くコードの設定
factors-sms-enrol-lead = 今後は、ログイン時にパスワードに加えて、携帯電話に届くコードが必要になります。
factors-sms-number = 携帯電話番号
factors-sms-number-hint = 「+81 90 1234 5678」のように、国番号から入力してください。
factors-sms-send = コードを送信
factors-sms-title = 携帯電話に届いたコードの入力
factors-sms-lead = { $to } に SMS でコードを送信しました。
factors-sms-none = { $to } にコードを送信できませんでした。
factors-sms-another = 別の番号を使う
factors-sms-number-missing = 携帯電話番号を入力してください。
factors-sms-number-character = 電話番号に使えない文字が含まれています。
    .more = 先頭に + を付け、数字で入力してください。
factors-sms-number-country = 国番号から入力してください。
    .more = 「+81 90 1234 5678」のように、+ で始まります。
factors-sms-number-short = 番号が短すぎます。
    .more = 抜けている数字がないか確認してください。
factors-sms-number-long = 番号が長すぎます。
    .more = 電話番号は 15 桁以内です。
factors-sms-refused = SMS を届けられませんでした。
    .more = 新しいコードを受け取るか、別の方法を使ってください。
factors-sms-text = { $site } のログイン コード: { $code }。他人に教えないでください。
factors-sms-text-short = ログイン コード: { $code }。他人に教えないでください。
