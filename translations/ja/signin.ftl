# ログイン: パスワード、新しいパスワード、戻り、ログアウト。

signin-continue = 続行
signin-cancel = キャンセルして戻る
signin-help-centre = ヘルプ センターに移動

## パスワード

signin-password-title = ログイン
signin-password-name = メール アドレスまたはユーザー名
signin-password-password = パスワード

signin-passkey = パスキーでログイン

signin-error-name-missing = メール アドレスまたはユーザー名を入力してください。
signin-error-password-missing = パスワードを入力してください。
signin-error-no-match = メール アドレスまたはユーザー名とパスワードが一致しません。
    .more = 両方を確認して、もう一度お試しください。何度か失敗すると、数分お待ちいただくことがあります。
signin-error-busy = ただいま多くの方がログインしています。
    .more = アカウントに問題はありません。数秒待ってから、もう一度お試しください。
signin-error-passkey = このパスキーではログインできませんでした。
    .more = もう一度お試しになるか、メール アドレスまたはユーザー名とパスワードを入力してください。

## 新しいパスワード

signin-new-password-title = 新しいパスワードの設定
signin-new-password-longer = このヘルプ センターのルールにより、より長いパスワードが必要になりました。{ $account } のパスワードを設定します。
signin-new-password-reset = ヘルプ センターの担当者から、新しいパスワードの設定を求められています。{ $account } のパスワードを設定します。
signin-new-password-password = 新しいパスワード
signin-new-password-rules = { $minimum } 文字以上で入力してください。スペースやあらゆる文字を使用できます。関連のない単語をいくつか並べると覚えやすくなります。
signin-new-password-repeat = 新しいパスワード (確認)
signin-new-password-save = 保存して続行

signin-error-too-short = { $minimum } 文字以上にしてください。
    .more = 関連のない単語をいくつか並べると、よいパスワードになります。
signin-error-too-long = パスワードが長すぎます。
    .more = 1,000 文字以内にしてください。
signin-error-common = このパスワードは広く使われています。
    .more = 攻撃者が最初に試すリストに載っているため、別のパスワードを選んでください。
signin-error-context = このパスワードは推測されやすいものです。
    .more = お名前、メール アドレス、またはこのヘルプ センターの名前が含まれています。別のパスワードを選んでください。
signin-error-mismatch = 2 つのパスワードが一致しません。
    .more = 同じパスワードを 2 回入力してください。
signin-error-same = 現在と同じパスワードです。
    .more = 別のパスワードを選んでください。
signin-error-unusable = このパスワードには、同じように入力し直せない可能性のある文字が含まれています。
    .more = 別のパスワードを選んでください。

## ヘルプ センターへの戻り

signin-done-page-title = ログインしています
signin-done-title = ログインしました
signin-done-lead = { $site } に戻っています…
signin-done-lead-nameless = ヘルプ センターに戻っています…
signin-done-hint = 数秒待っても切り替わらない場合:

## ログアウト

signin-out-page-title = ログアウト
signin-out-title = ログアウトしますか?
signin-out-lead = { $account } としてログインしています。次回は、もう一度パスワードの入力が必要です。
signin-out-button = ログアウト

## お知らせのみのページ

signin-notice-expired = ログインに時間がかかりすぎました
    .sentence = アカウントを保護するため、ログインは開始から数分以内に完了する必要があります。
    .way-on = ヘルプ センターに戻り、もう一度「ログイン」を選択してください。
signin-notice-finished = すでにログインしています
    .sentence = このログインはすでに完了しています。このページで行うことはありません。
    .way-on = ヘルプ センターに戻って続けてください。
signin-notice-cancelled = ログインをキャンセルしました
    .sentence = ログインしていません。何も変更されていません。
    .way-on = ヘルプ センターからいつでもログインできます。
signin-notice-other-browser = このログインは別のブラウザーで開始されました
    .sentence = 別のブラウザーまたはプライベート ウィンドウで開始されたため、そこでしか完了できません。
    .way-on = このブラウザーでヘルプ センターに戻り、もう一度「ログイン」を選択してください。
signin-notice-not-configured = ログインはまだ設定されていません
    .sentence = このヘルプ センターの担当者によるログインの設定がまだ完了していません。
    .way-on = ヘルプ センターの所有者に連絡し、下の参照番号をお伝えください。
signin-notice-request-refused = このログインを受け付けられませんでした
    .sentence = このページへのリクエストが古いか、想定された内容ではありませんでした。お客様の操作に問題はありません。
    .way-on = ヘルプ センターに戻り、もう一度「ログイン」を選択してください。繰り返し発生する場合は、所有者に連絡し、下の参照番号をお伝えください。
signin-notice-site-gone = このヘルプ センターのログインはここでは行えません
    .sentence = 所有者は、このログイン ページを使用しなくなりました。
    .way-on = 現在のログイン方法については、ヘルプ センターの所有者にお問い合わせください。
signin-notice-signed-out = ログアウトしました
    .sentence = このページからログアウトしました。ヘルプ センターでは、そちらでもログアウトするまでログインしたままになることがあります。
    .way-on = 共用のコンピューターでは、ブラウザーも閉じてください。
signin-notice-language-chosen = 言語を設定しました
    .sentence = 今後、このブラウザーではログイン ページが日本語で表示されます。
    .way-on = ヘルプ センターに戻って続けてください。
signin-notice-busy = ただいま混み合っています
    .sentence = 現在、多くの方がログインしています。アカウントに問題はありません。
    .way-on = 数秒待ってから、このページを再読み込みしてください。

## 2 段階認証

signin-another-way = 別の方法を試す
signin-skip = 今はしない
signin-skip-until = { $day }までは、設定を後回しにできます。
signin-skip-times = { $count ->
   *[other] あと { $count } 回、設定を後回しにできます。
}
signin-codes-later = 今はしない
signin-choose-title = 2 段階認証の方法の選択
signin-choose-lead = 今後は、ログイン時にパスワードに加えて次のいずれかが必要になります。ほかの方法は後から追加できます。
signin-recommended = おすすめ
signin-weaker = 安全性は低め
signin-another-title = 2 段階認証の方法をもう 1 つ追加
signin-another-lead = { $count ->
   *[other] 今の方法が使えなくなっても、ほかの方法があればログインできます。このヘルプ センターでは、すべての方に、パスワードのほかに { $count } つの方法を設定していただいています。
}
signin-more-ways = このデバイスを紛失したときに備えて、別のデバイスにもログイン方法を設定しておくと安心です。方法はいつでも追加できます。
signin-ways-title = 本人確認
signin-no-way-left-title = 本人確認に使える方法がありません
signin-no-way-left = お使いの 2 段階認証の方法は無効になっているか、ここでは使えなくなりました。ヘルプ センターの担当者にリセットを依頼してください。
