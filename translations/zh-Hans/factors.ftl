# 两步验证方式：名称、设置和验证。

factors-sign-in = 登录
factors-confirm = 确认并登录
factors-continue = 继续
factors-no-more-codes = 暂时无法输入验证码

factors-wait-seconds = 尝试次数过多。
    .more = { $count ->
       *[other] 请等待 { $count } 秒，然后重试。
    }
factors-wait-minutes = 尝试次数过多。
    .more = { $count ->
       *[other] 请等待 { $count } 分钟，然后重试。
    }
factors-off = 由于多次输入错误，此验证方式已停用。
    .more = 请使用其他方式，或请帮助中心的管理人员为您重置。
factors-taken = 此项已在使用中。
    .more = 请另选一个，或返回上一步。

## 身份验证器应用

factors-totp-name = 身份验证器应用
factors-totp-choice = 使用手机应用中显示的验证码。
factors-totp-enrol-title = 设置身份验证器应用
factors-totp-enrol-lead = 从现在起，登录时除密码外，还需要手机应用中显示的验证码。只需设置一次，大约两分钟即可完成。
factors-totp-get = 安装一个应用
factors-totp-get-lead = 任何身份验证器应用都可以，例如 Google Authenticator、Microsoft Authenticator、2FAS、Aegis、1Password 或 Bitwarden。如果您已有一个，直接使用即可。
factors-totp-add = 将此帐户添加到应用
factors-totp-scan = 在应用中选择添加帐户，然后扫描此二维码。
factors-totp-qr = 用于将此帐户添加到身份验证器应用的二维码。也可以使用下方的密钥。
factors-totp-same-phone = 正在那部手机上查看此页面？
factors-totp-same-phone-link = 从这里添加到应用
factors-totp-by-hand = 无法扫描？
factors-totp-by-hand-lead = 在应用中选择手动输入密钥，然后填写：
factors-totp-account = 帐户
factors-totp-key = 密钥
factors-totp-type = 类型
factors-totp-type-value = 基于时间，6 位数字
factors-totp-enter = 输入应用显示的验证码
factors-totp-code-title = 输入验证码
factors-totp-code-lead = 请打开手机上的身份验证器应用，找到 { $account } 的验证码。
factors-totp-code-label = 应用中的验证码
factors-totp-code-hint = 6 位数字，每 30 秒更换一次。
factors-totp-missing = 请输入身份验证器应用中的 6 位验证码。
factors-totp-malformed = 验证码为 6 位数字，例如 123 456。
    .more = 请输入应用当前显示的验证码。
factors-totp-wrong = 验证码不正确。
    .more = 请输入应用为此帐户显示的最新验证码。
factors-totp-used = 该验证码已使用过。
    .more = 请等待下一个：应用每 30 秒显示一个新验证码。
factors-totp-clock-behind = { $count ->
       *[other] 您设备的时间慢了大约 { $count } 分钟。
    }
    .more = 请将日期和时间设为自动，然后输入新的验证码。
factors-totp-clock-ahead = { $count ->
       *[other] 您设备的时间快了大约 { $count } 分钟。
    }
    .more = 请将日期和时间设为自动，然后输入新的验证码。

## 备用验证码

factors-backup-name = 备用验证码
factors-backup-choice = 使用您在设置时保存的一个验证码。
factors-backup-new-title = 保存备用验证码
factors-backup-new-lead = 如果手机丢失，您可以改用其中一个验证码登录。每个只能使用一次。它们仅在此时显示。
factors-backup-download = 下载
factors-backup-copy = 复制
factors-backup-copied = 已复制。
factors-backup-print = 打印
factors-backup-saved = 我已将这些验证码保存在安全的地方
factors-backup-unsaved = 请确认您已保存这些验证码。
    .more = 它们不会再次显示。
factors-backup-file = { $site } 的备用验证码。每个只能使用一次。
factors-backup-file-name = 备用验证码
factors-backup-ask-title = 输入备用验证码
factors-backup-ask-lead = 请使用您为 { $account } 保存的一个验证码。
factors-backup-label = 备用验证码
factors-backup-left = { $count ->
   *[other] 16 位字母和数字。您还剩 { $count } 个。
}
factors-backup-missing = 请输入一个备用验证码。
factors-backup-malformed = 备用验证码为 16 位字母和数字，例如 ABCD-EFGH-1234-5678。
factors-backup-wrong = 这不是您的备用验证码。
    .more = 如果您之后生成过新的，旧的便已失效。
factors-backup-used = 该验证码已使用过。
    .more = 请输入另一个。
