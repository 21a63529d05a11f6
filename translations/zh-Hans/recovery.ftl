# 恢复：忘记密码、两步验证方式全部丢失、冻结帐户。

recovery-forgotten-link = 忘记密码？
recovery-forgotten-title = 设置新密码
recovery-forgotten-lead = 请输入电子邮件地址或用户名，我们会给您发送一封邮件，其中有设置新密码的链接。
recovery-forgotten-send = 发送邮件
recovery-back = 返回

recovery-new-password-title = 设置新密码
recovery-new-password-lead = 您正在为 { $account } 设置密码。您在所有地方的登录都将退出，登录时仍需要两步验证。
recovery-first-password-title = 设置密码
recovery-first-password-lead = 您正在为 { $account } 设置密码。今后，您使用电子邮件地址或用户名以及此密码登录。

## 通过链接打开的页面

recovery-account = 相关帐户：{ $account }

recovery-freeze = 要冻结您的帐户吗？
    .sentence = 如果有其他人在使用您的帐户，请将其冻结：所有登录都将退出，包括您在内，任何人都无法登录。
    .way-on = 如需重新使用，请在登录页面选择“忘记密码？”，然后通过我们发送的邮件设置新密码。
    .button = 冻结我的帐户
recovery-cancel = 要取消恢复吗？
    .sentence = 有人请求移除此帐户的两步验证方式。如果不是您本人操作，或者您已找回，请取消恢复，这样不会有任何更改。
    .way-on = 如果不是您本人操作，说明有其他人知道您的密码。请同时设置新密码。
    .button = 取消恢复
recovery-recover = 要移除您的两步验证方式吗？
    .sentence = 等待已结束。您帐户的所有两步验证方式和备用验证码都将移除，所有登录都将退出。
    .way-on = 然后，请使用密码登录，并设置新的两步验证方式。
    .button = 移除我的两步验证方式

## 仅作说明的页面

recovery-mail-sent = 请查看您的邮箱
    .sentence = 如果存在该名称的帐户，我们会向其电子邮件地址发送一封带有链接的邮件。
    .way-on = 邮件会在几分钟内送达；也请查看垃圾邮件文件夹。如果没有收到，请检查输入的名称是否正确，稍等一段时间后再次请求，或联系帮助中心的管理人员。
recovery-link-void = 此链接已失效
    .sentence = 链接只能在一段时间内使用一次，较新的邮件可能会取代较旧的邮件。
    .way-on = 如果仍然需要，请从帮助中心的登录页面重新开始。您的帐户没有问题。
recovery-password-set = 您的密码已设置
    .sentence = 您尚未登录，之前的所有登录均已退出。
    .way-on = 请返回帮助中心，选择“登录”，并使用新密码。
recovery-frozen = 您的帐户已冻结
    .sentence = 所有登录均已退出，任何人都无法登录。
    .way-on = 如需重新使用，请在登录页面选择“忘记密码？”，然后设置新密码。如果没有收到邮件，请联系帮助中心的管理人员。
recovery-cancelled = 恢复已取消
    .sentence = 您的两步验证方式保持不变。
    .way-on = 如果不是您本人提出的请求，请设置新密码：在登录页面选择“忘记密码？”。
recovery-recovered = 您的两步验证方式已移除
    .sentence = 您尚未登录。
    .way-on = 请返回帮助中心，使用密码登录，并设置新的两步验证方式。

## 两步验证方式全部丢失

recovery-lost-link = 这些方式我都无法使用了
recovery-lost-title = 您的两步验证方式已丢失
recovery-lost-ask = 请联系帮助中心的管理人员，请他们重置您的两步验证。
recovery-lost-lead = 我们可以向 { $account } 发送一个链接，用于移除这些验证方式，以便您设置新的。
recovery-lost-wait = 为了您的安全，链接不会立即发送，而是在等待一段时间后，于 { $when } 发送。
recovery-lost-care = 我们会立即发邮件告知您已提出请求。收到该邮件的人可以取消恢复。
recovery-lost-begin = 开始等待
recovery-lost-under-way = 等待已开始。我们已向 { $account } 发送邮件。
recovery-lost-ready-at = 带有链接的邮件将于 { $when } 发送。
recovery-lost-found = 如果您找回了两步验证方式，直接用它登录即可，恢复会随之取消。
recovery-lost-ready = 等待已结束：链接在我们发送到 { $account } 的邮件中。
recovery-lost-until = 链接有效期至 { $when }。
recovery-lost-again = 再次发送邮件
recovery-lost-too-often = 最近的请求次数过多。请明天再试，或联系帮助中心的管理人员。
