# 两步验证方式：名称、设置和验证。

factors-sign-in = 登录
factors-confirm = 确认并登录
factors-confirm-adding = 确认
factors-remember = { $days ->
   *[other] { $days } 天内在此设备上不再要求两步验证
}
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

## 通行密钥

factors-passkey-name = 通行密钥
factors-passkey-choice = 使用指纹、面容、屏幕锁定或安全密钥，无需输入任何内容。
factors-passkey-made-with = { $system } 上的 { $browser }
factors-passkey-enrol-title = 设置通行密钥
factors-passkey-enrol-lead = 从现在起，登录时除密码外，还需要通行密钥：指纹、面容、屏幕锁定或安全密钥。浏览器会询问您将其保存在哪里。
factors-passkey-create = 创建通行密钥
factors-passkey-ask-title = 使用通行密钥
factors-passkey-ask-lead = 请使用指纹、面容、屏幕锁定或安全密钥，确认您是 { $account } 本人。
factors-passkey-use = 使用通行密钥继续
factors-passkey-cancelled = 未使用通行密钥。准备好后请重试，或选择其他方式。
factors-passkey-exists-here = 此设备或安全密钥上已有此帐户的通行密钥。请使用其他设备或安全密钥。
factors-passkey-failed = 浏览器无法在此使用通行密钥。请重试，或选择其他方式。
factors-passkey-unsupported = 此浏览器不支持通行密钥，或已禁用脚本。请选择其他方式，或换用其他浏览器。
factors-passkey-refused = 此通行密钥未被接受。
    .more = 请重试，或选择其他方式。
factors-passkey-late = 用时过长。
    .more = 页面已刷新，请重试。
factors-passkey-exists = 您已有此通行密钥。
    .more = 请使用其他设备或安全密钥。
factors-passkey-copied = 此通行密钥未被接受：它可能已被复制。
    .more = 请选择其他方式，然后移除此通行密钥并创建新的。

## 身份验证器应用

factors-totp-name = 身份验证器应用
factors-totp-choice = 使用手机应用中显示的验证码。
factors-totp-enrol-title = 设置身份验证器应用
factors-totp-enrol-lead = 从现在起，登录时除密码外，还需要手机应用中显示的验证码。只需设置一次，大约两分钟即可完成。
factors-totp-adding-lead = 将您的帐户添加到应用，然后输入应用显示的验证码。大约需要两分钟。
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

## 安全提示问题

factors-questions-name = 安全提示问题
factors-questions-choice = 回答只有您本人知道答案的问题。
factors-questions-enrol-title = 设置安全提示问题
factors-questions-enrol-lead = 第 { $number } 个问题，共 { $count } 个。请选择一个别人查不到也猜不到答案、而您能一字不差记住答案的问题。
factors-questions-question = 问题
factors-questions-choose = 选择问题
factors-questions-concert = 您第一次不在父母陪同下去看的音乐会或演出是什么？
factors-questions-by-heart = 您小时候能背下来的书或电影是哪一部？
factors-questions-teacher = 您记得的第一位老师叫什么名字？
factors-questions-sunrise = 您上次看日出时在哪里？
factors-questions-food = 您吃过的最奇怪的食物是什么？
factors-questions-ten = 您十岁时想成为什么样的人？
factors-questions-bought = 您用自己挣的钱买的第一件东西是什么？
factors-questions-place = 您想再去看一次的地方是哪里？
factors-questions-answer = 您的答案
factors-questions-answer-hint = 不区分大小写，多余的空格也没有影响。答案不必是真的，只要每次都相同即可。
factors-questions-show = 显示输入内容
factors-questions-ask-title = 回答安全提示问题
factors-questions-ask-lead = 这些是您为 { $account } 设置的问题。
factors-questions-unchosen = 请选择一个问题。
factors-questions-answer-missing = 请输入答案。
factors-questions-too-short = 答案太短。
    .more = 请至少使用 2 个汉字，或 3 个字母或数字。
factors-questions-too-long = 答案太长。
    .more = 最多使用 200 个字符。
factors-questions-common = 这是别人最先会尝试的答案。
    .more = 请换一个只有您才会给出的答案。
factors-questions-of-question = 该答案只是重复了问题。
    .more = 请换一个答案。
factors-questions-of-customer = 该答案是您的姓名、电子邮件地址或此帮助中心的名称。
    .more = 别人也知道，请换一个答案。
factors-questions-again = 您已使用过该答案。
    .more = 每个问题的答案不能相同。
factors-questions-missing = 请回答所有问题。
factors-questions-wrong = 答案不正确。
    .more = 至少有一个答案与您设置的不同。请全部检查后重试。
factors-questions-changed = 系统没有核对您的答案。
    .more = 请重试。如果您在此期间设置了新的答案，请取消后重新登录。

## YubiKey

factors-yubikey-name = YubiKey
factors-yubikey-choice = 触摸 YubiKey，由它输入一次性密码。
factors-yubikey-enrol-title = 设置 YubiKey
factors-yubikey-enrol-lead = 从现在起，登录时除密码外，还需要触摸您的 YubiKey。
factors-yubikey-ask-title = 触摸您的 YubiKey
factors-yubikey-ask-lead = 请使用您为 { $account } 设置的 YubiKey。
factors-yubikey-label = 一次性密码
factors-yubikey-hint = 插入 YubiKey，选中此输入框，然后触摸 YubiKey 上的金色触点。它会自动输入一次性密码并提交。
factors-yubikey-missing = 请选中此输入框，然后触摸您的 YubiKey。
factors-yubikey-malformed = 这不是 YubiKey 输入的内容。
    .more = 请清空并选中输入框，然后触摸一次 YubiKey。
factors-yubikey-foreign = 此 YubiKey 不是为您设置的。
    .more = 请使用您自己的 YubiKey，或使用其他方式。
factors-yubikey-wrong = 一次性密码不正确。
    .more = 请再次触摸您的 YubiKey。
factors-yubikey-used = 该一次性密码已使用过。
    .more = 请再次触摸您的 YubiKey。
factors-yubikey-away = 目前无法验证您的 YubiKey。这不是您的错。
    .more = 请一分钟后再次触摸，或使用其他方式。

## Duo

factors-duo-name = Duo
factors-duo-choice = 使用 Duo Mobile 或您在 Duo 的其他方式批准登录。
factors-duo-enrol-title = 设置 Duo
factors-duo-enrol-lead = Duo 会请您以 { $account } 的身份批准一次。从此以后，登录时除密码外，还需要您在 Duo 中批准。
factors-duo-ask-title = 使用 Duo 批准
factors-duo-ask-lead = Duo 会请您批准 { $account } 的登录，然后带您返回此处。
factors-duo-go = 前往 Duo
factors-duo-denied = 登录在 Duo 中被拒绝。
    .more = 如果是误操作，请重试。
factors-duo-ended = 未在 Duo 中批准。
    .more = 请重试，或使用其他方式。
factors-duo-stale = 该批准已过期或已使用过。
    .more = 请重试。
factors-duo-foreign = Duo 返回的内容不属于此次登录。
    .more = 请从此处重试。
factors-duo-away = 目前无法连接 Duo。这不是您的错。
    .more = 请一分钟后重试，或使用其他方式。

## 邮件和短信验证码

factors-sent-none-title = 未发送验证码
factors-sent-label = 验证码
factors-sent-hint = { $count ->
   *[other] 6 位数字。只能使用一次，{ $count } 分钟内有效。
}
factors-sent-again = 发送新的验证码
factors-sent-missing = 请输入发送给您的 6 位验证码。
factors-sent-malformed = 验证码为 6 位数字，例如 123 456。
factors-sent-wrong = 验证码不正确。
    .more = 请输入最新收到的验证码；之前的均已失效。
factors-sent-expired = 该验证码已过期。
    .more = 请获取新的验证码。
factors-sent-none = 目前没有有效的验证码。
    .more = 请获取新的验证码。
factors-sent-too-many = 已向您发送过多验证码。
    .more = { $count ->
       *[other] { $count } 分钟后可再次发送。
    }

factors-email-name = 邮件验证码
factors-email-choice = 发送到您电子邮件地址的验证码。
factors-email-title = 输入邮件中的验证码
factors-email-lead = 验证码已发送到 { $to }。如果一分钟后仍未收到，请查看垃圾邮件文件夹。
factors-email-none = 目前无法向 { $to } 发送验证码。
factors-email-refused = 您的邮件服务器拒收了发往您地址的邮件。
    .more = 请使用其他方式，或咨询帮助中心的管理人员。

factors-sms-name = 短信验证码
factors-sms-choice = 通过短信发送到您手机的验证码。
factors-sms-enrol-title = 设置短信验证码
factors-sms-enrol-lead = 从现在起，登录时除密码外，还需要发送到您手机的验证码。
factors-sms-number = 手机号码
factors-sms-number-hint = 请包含国家/地区代码，例如 +86 138 0013 8000。
factors-sms-send = 发送验证码
factors-sms-title = 输入手机收到的验证码
factors-sms-lead = 已向 { $to } 发送短信验证码。
factors-sms-none = 目前无法向 { $to } 发送验证码。
factors-sms-another = 使用其他号码
factors-sms-number-missing = 请输入手机号码。
factors-sms-number-character = 该号码包含电话号码中不应有的字符。
    .more = 请使用数字，并在前面加上 + 号。
factors-sms-number-country = 请输入包含国家/地区代码的号码。
    .more = 号码以 + 号开头，例如 +86 138 0013 8000。
factors-sms-number-short = 该号码太短。
    .more = 请检查是否漏了数字。
factors-sms-number-long = 该号码太长。
    .more = 电话号码最多 15 位数字。
factors-sms-refused = 短信无法送达。
    .more = 请获取新的验证码，或使用其他方式。
factors-sms-text = { $code } 是您的 { $site } 登录验证码，请勿告诉任何人。
factors-sms-text-short = { $code } 是您的登录验证码，请勿告诉任何人。
