# 发给客户的邮件。

mail-hello = { $name }，您好：
mail-hello-anybody = 您好：
mail-foot = 您收到此邮件，是因为此地址属于 { $site } 的一个帐户。请勿直接回复，回复不会有人查看。
mail-copy-link = 如果按钮无法使用，请将此地址复制到浏览器中：

mail-not-you = 不是您本人操作？
mail-not-you-lead = 可能有其他人知道您的密码。请冻结您的帐户：在您设置新密码或 { $site } 的管理人员核查之前，任何人都无法登录。
mail-freeze = 冻结我的帐户

mail-fact-when = 时间
mail-fact-browser = 浏览器
mail-fact-network = 网络
mail-fact-method = 方式
mail-fact-name = 名称
mail-fact-old-address = 原地址
mail-fact-new-address = 新地址

mail-method-passkey = 通行密钥
mail-method-totp = 身份验证器应用
mail-method-yubikey = YubiKey
mail-method-duo = Duo
mail-method-sms = 短信验证码
mail-method-email-code = 邮件验证码
mail-method-questions = 安全提示问题
mail-method-backup-codes = 备用验证码
mail-method-other = 其他方式

mail-code-subject = 您的 { $site } 登录验证码
mail-code-lead = 请在您正在登录 { $site } 的页面上输入此验证码：
mail-code-life = { $minutes ->
   *[other] 验证码只能使用一次，{ $minutes } 分钟内有效。
}
mail-code-care = { $site } 的任何人都不会向您索要此验证码。如果您现在并未登录，说明有其他人知道您的密码，请更改密码。

mail-reset-subject = 为 { $site } 设置新密码
mail-reset-lead = 有人（希望是您本人）请求为您的 { $site } 帐户设置新密码。
mail-reset-button = 设置新密码
mail-reset-life = { $minutes ->
   *[other] 链接只能使用一次，{ $minutes } 分钟内有效。登录时仍需要两步验证。
}
mail-reset-care = 如果不是您本人操作，则无需理会：您的密码不会改变。

mail-set-subject = 欢迎使用 { $site }：请设置密码
mail-set-lead = 已为您创建 { $site } 帐户。请设置密码以便登录。
mail-set-button = 设置密码
mail-set-life = { $hours ->
   *[other] 链接只能使用一次，{ $hours } 小时内有效。
}

mail-factor-added-subject = { $site } 新增了两步验证方式
mail-factor-added-lead = 您的 { $site } 帐户新增了一种两步验证方式。
mail-factor-removed-subject = { $site } 移除了两步验证方式
mail-factor-removed-lead = 您的 { $site } 帐户移除了一种两步验证方式。

mail-factors-reset-subject = 您在 { $site } 的两步验证方式已全部移除
mail-factors-reset-lead = 您的 { $site } 帐户的所有两步验证方式均已移除。下次登录时，您需要设置新的方式。

mail-welcome-subject = 欢迎使用 { $site }
mail-welcome-lead = 已为您创建 { $site } 帐户。请使用此电子邮件地址和您收到的密码登录。
mail-welcome-more = 登录时可能会要求您设置两步验证，例如身份验证器应用。只需一分钟。

mail-password-changed-subject = 您的 { $site } 密码已更改
mail-password-changed-lead = 您的 { $site } 帐户密码已更改。您在其他地方的登录均已退出。

mail-password-off-subject = 您的 { $site } 密码需要重新设置
mail-password-off-lead = 有人连续一百次为您的 { $site } 帐户输入了错误密码。无人登录成功。为防止他人猜出密码，您的密码已停用，仅在您以前登录过的浏览器中仍可使用。
mail-password-off-care = 如需在其他地方登录，请在登录页面选择“忘记密码？”，然后设置新密码。

mail-email-changed-subject = 您在 { $site } 的电子邮件地址已更改
mail-email-changed-lead = 从现在起，与您的 { $site } 帐户有关的邮件将发送到另一个地址，您也需使用该地址登录。

mail-backup-used-subject = { $site } 的一个备用验证码已被使用
mail-backup-used-lead = 有人使用您的一个备用验证码登录了 { $site }。
mail-backup-used-left = { $left ->
    [0] 备用验证码已全部用完。请在安全页面上生成新的。
    [1] 备用验证码只剩 1 个。请尽快在安全页面上生成新的。
   *[other] 备用验证码还剩 { $left } 个。
}
mail-backup-made-subject = { $site } 的新备用验证码
mail-backup-made-lead = 已为您的 { $site } 帐户生成新的备用验证码。之前的均已失效。

mail-device-subject = 有人通过新的浏览器登录了 { $site }
mail-device-lead = 有人在以前未使用过的浏览器上登录了您的 { $site } 帐户。

mail-device-copied-subject = { $site } 记住的一台设备需要重新进行两步验证
mail-device-copied-lead = 您曾让 { $site } 记住的一台设备，在登录时使用了已经用过的凭据。这可能来自您自己的备份，也可能是有人复制了它。此设备已不再被记住。

mail-failed-subject = 一次 { $site } 登录未通过两步验证
mail-failed-lead = 有人输入了您 { $site } 帐户的正确密码，但未通过两步验证，因此未能登录。
mail-failed-care = 如果是您本人操作，则无需理会。

mail-recovery-started-subject = 您的 { $site } 帐户已开始恢复
mail-recovery-started-lead = 有人以丢失为由，请求移除您 { $site } 帐户的两步验证方式。为了您的安全，这需要等待一段时间：
mail-recovery-ready-at = 可恢复时间
mail-recovery-started-care = 届时我们会再次给您发邮件。如果不是您本人操作，请立即取消恢复。
mail-recovery-cancel = 取消恢复
mail-recovery-ready-subject = 现在可以恢复您的 { $site } 帐户
mail-recovery-ready-lead = 等待已结束：您可以为 { $site } 帐户设置新的两步验证方式。设置时需要输入密码。
mail-recovery-ready-button = 恢复我的帐户
mail-recovery-ready-care = 如果您没有提出此请求，请取消恢复。
mail-recovery-cancelled-subject = { $site } 的帐户恢复已取消
mail-recovery-cancelled-lead = 您的 { $site } 帐户恢复已取消。未做任何更改。

mail-frozen-subject = 您的 { $site } 帐户已冻结
mail-frozen-lead = 您的 { $site } 帐户已通过我们邮件中的链接冻结。包括您在内，任何人都无法登录。
mail-frozen-care = 如需重新使用，请在登录页面选择“忘记密码？”，然后设置新密码。如果没有收到邮件，请联系 { $site } 的管理人员。
