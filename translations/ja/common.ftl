# 複数のページで使う文。

common-language = 言語:
common-reference = 参照番号
common-error-title = エラー: { $title }

common-day = { $year }年{ $month }月{ $day }日
common-moment = { $day } { $time } (UTC)

common-error-foreign-form = このフォームはこのサイトのページから送信されたものではありません
    .sentence = アカウントを保護するため、ログイン ページから送信されたフォームのみを受け付けています。
    .way-on = ヘルプ センターに戻り、もう一度「ログイン」を選択してください。
common-error-nothing-here = ページが見つかりません
    .sentence = アドレスが間違っているか、ページが移動した可能性があります。
    .way-on = ヘルプ センターからログインしてください。いつでも正しいページが開きます。
common-error-wrong-method = このページはこの方法では使用できません
    .sentence = アドレスは存在しますが、このリクエストには対応していません。
    .way-on = ヘルプ センターに戻り、もう一度「ログイン」を選択してください。
common-error-too-large = 一度に送信できる量を超えています
    .sentence = 送信された内容が、このページで受け付けられるサイズを超えています。
    .way-on = ヘルプ センターに戻り、もう一度「ログイン」を選択してください。
common-error-busy = ただいま混み合っています
    .sentence = アカウントに問題はありません。
    .way-on = 数秒待ってから、このページを再読み込みしてください。
common-error-unreadable = リクエストを読み取れませんでした
    .sentence = 内容が不完全か、形式が正しくありません。何も変更されていません。
    .way-on = ヘルプ センターに戻り、もう一度「ログイン」を選択してください。
common-error-ours = サーバー側で問題が発生しました
    .sentence = お客様の操作が原因ではありません。アカウントは安全です。
    .way-on = 1 分ほど待ってから、もう一度お試しください。繰り返し発生する場合は、下の参照番号をヘルプ センターの担当者にお伝えください。
common-show-password = パスワードを表示
