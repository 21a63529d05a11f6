# 登录：密码、新密码、返回、退出登录。

signin-continue = 继续
signin-cancel = 取消并返回
signin-help-centre = 前往帮助中心

## 密码

signin-password-title = 登录
signin-password-name = 电子邮件地址或用户名
signin-password-password = 密码

signin-passkey = 使用通行密钥登录

signin-error-name-missing = 请输入电子邮件地址或用户名。
signin-error-password-missing = 请输入密码。
signin-error-no-match = 电子邮件地址或用户名与密码不匹配。
    .more = 请检查后重试。多次尝试后，您需要等待几分钟。
signin-error-busy = 目前登录的人数很多。
    .more = 您的帐户没有问题：请等待几秒钟，然后重试。
signin-error-passkey = 无法使用此通行密钥登录。
    .more = 请重试，或输入电子邮件地址或用户名以及密码。

## 新密码

signin-new-password-title = 设置新密码
signin-new-password-longer = 此帮助中心现在要求使用更长的密码。您正在为 { $account } 设置密码。
signin-new-password-reset = 此帮助中心的管理人员要求您设置新密码。您正在为 { $account } 设置密码。
signin-new-password-password = 新密码
signin-new-password-rules = 至少 { $minimum } 个字符。可以使用空格和任何文字；几个互不相关的词语很容易记住。
signin-new-password-repeat = 再次输入新密码
signin-new-password-save = 保存并继续

signin-error-too-short = 请至少使用 { $minimum } 个字符。
    .more = 几个互不相关的词语就是一个好密码。
signin-error-too-long = 该密码过长。
    .more = 最多使用 1,000 个字符。
signin-error-common = 该密码过于常见。
    .more = 它在攻击者最先尝试的列表中，请另选一个。
signin-error-context = 该密码容易被猜到。
    .more = 它包含您的姓名、电子邮件地址或此帮助中心的名称，请另选一个。
signin-error-mismatch = 两次输入的密码不一致。
    .more = 请输入两次相同的密码。
signin-error-same = 这是您目前使用的密码。
    .more = 请另选一个。
signin-error-unusable = 该密码包含可能无法再次准确输入的字符。
    .more = 请另选一个。

## 返回帮助中心

signin-done-page-title = 正在登录
signin-done-title = 您已登录
signin-done-lead = 正在返回 { $site }…
signin-done-lead-nameless = 正在返回帮助中心…
signin-done-hint = 如果几秒钟后没有反应：

## 退出登录

signin-out-page-title = 退出登录
signin-out-title = 要退出登录吗？
signin-out-lead = 您已以 { $account } 的身份登录。下次登录时，需要再次输入密码。
signin-out-button = 退出登录

## 仅作说明的页面

signin-notice-expired = 此次登录用时过长
    .sentence = 为保护您的帐户，登录须在开始后的几分钟内完成。
    .way-on = 请返回帮助中心，再次选择“登录”。
signin-notice-finished = 您已在此登录
    .sentence = 此次登录此前已完成，您无需在此页面上进行任何操作。
    .way-on = 请返回帮助中心继续操作。
signin-notice-cancelled = 您已取消登录
    .sentence = 您尚未登录，未做任何更改。
    .way-on = 您可以随时从帮助中心登录。
signin-notice-other-browser = 此次登录属于另一个浏览器
    .sentence = 它是在其他浏览器或隐私窗口中开始的，只能在那里完成。
    .way-on = 请在此浏览器中返回帮助中心，再次选择“登录”。
signin-notice-not-configured = 登录尚未设置
    .sentence = 此帮助中心的管理人员尚未完成登录设置。
    .way-on = 请联系帮助中心的所有者，并告知下方的参考编号。
signin-notice-request-refused = 我们无法接受此次登录
    .sentence = 将您带到此处的请求已过期，或不符合此页面的要求。您没有做错任何事。
    .way-on = 请返回帮助中心，再次选择“登录”。如果问题仍然出现，请联系其所有者，并告知下方的参考编号。
signin-notice-site-gone = 此帮助中心不再通过这里登录
    .sentence = 其所有者已不再使用此登录页面。
    .way-on = 请联系帮助中心的所有者，了解现在如何登录。
signin-notice-signed-out = 您已退出登录
    .sentence = 您已从此页面退出登录。帮助中心本身可能仍保持登录状态，直到您在那里也退出登录。
    .way-on = 如果使用的是共用电脑，请同时关闭浏览器。
signin-notice-language-chosen = 您的语言已设置
    .sentence = 从现在起，登录页面在此浏览器中以简体中文显示。
    .way-on = 请返回帮助中心继续操作。
signin-notice-busy = 目前访问人数过多
    .sentence = 此时有很多人正在登录。您的帐户没有问题。
    .way-on = 请等待几秒钟，然后重新加载此页面。

## 两步验证

signin-another-way = 尝试其他方式
signin-skip = 暂不设置
signin-skip-until = 您可以稍后再设置，最晚可推迟到{ $day }。
signin-skip-times = { $count ->
   *[other] 您可以稍后再设置，还可推迟 { $count } 次。
}
signin-codes-later = 以后再说
signin-choose-title = 选择一种两步验证方式
signin-choose-lead = 从现在起，登录时除密码外，还需要以下方式之一。您以后可以添加其他方式。
signin-recommended = 推荐
signin-weaker = 安全性较低
signin-another-title = 再添加一种两步验证方式
signin-another-lead = { $count ->
   *[other] 如果现有的方式无法使用，您还可以用其他方式登录。此帮助中心要求每个人除密码外设置 { $count } 种验证方式。
}
signin-more-ways = 建议在另一台设备上再设置一种登录方式，以防此设备丢失。您可以随时添加更多方式。
signin-ways-title = 验证您的身份
signin-no-way-left-title = 没有可用的验证方式
signin-no-way-left = 您的两步验证方式已停用，或在此不再允许使用。请让帮助中心的管理人员为您重置。
