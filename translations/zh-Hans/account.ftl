# 客户自己的安全页面。

account-title = 您的帐户安全
account-lead = { $account } 的登录方式。
account-back = 返回帐户安全
account-save = 保存
account-link = 查看您的登录方式和已登录的位置

account-browser = { $system } 上的 { $browser }
account-browser-unknown = 未知浏览器

## 更改前再次验证身份

account-again-title = 请再次验证您的身份
account-again-lead = 在更改登录方式之前，我们需要确认是您本人操作。验证后，您可以继续刚才的操作。

## 更改后的提示

account-done-factor-added = 设置完成。从现在起，登录时可能会要求使用此方式。
account-done-factor-renamed = 名称已保存。
account-done-factor-removed = 已移除。您在其他地方的登录均已退出。
account-done-codes-made = 新的备用验证码已保存。旧的均已失效。
account-done-password-changed = 密码已更改。您在其他地方的登录均已退出。
account-done-preference-kept = 已保存。
account-done-session-ended = 已在该处退出登录。
account-done-device-forgotten = 已不再记住该设备。下次在该设备上登录时，需要进行两步验证。

## 两步验证

account-factors = 两步验证
account-factors-none = 您尚未设置。设置后，任何人仅凭密码都无法登录。
account-factors-one = 请再添加一种方式，以便在失去这种方式时仍能登录。
account-factor-dates = 添加于 { $added }，上次使用于 { $used }
account-factor-added = 添加于 { $added }
account-factor-off = 由于多次输入错误，已停用。请更换或移除。
account-factor-not-allowed = 此帮助中心已不再接受。
account-factor-change = 更改
account-factor-add = 添加两步验证方式
account-preferred = 登录时优先使用
account-preferred-last = 上次使用的方式

account-add-title = 添加两步验证方式
account-add-lead = 设置多种方式后，即使其中一种无法使用，您仍可以登录。
account-add-none = 没有可添加的方式：此帮助中心接受的方式您都已设置。

account-factor-title = 更改两步验证方式
account-factor-name = 名称
account-factor-name-hint = 便于您辨认，例如它所在的设备。
account-factor-rename = 保存名称
account-name-missing = 请输入名称。
account-name-too-long = 最多使用 { $most } 个字符。
account-name-unusable = 该名称包含无法显示的字符。
    .more = 请使用文字、数字和符号。
account-factor-replace = 更换
account-factor-replace-lead = 例如更换新手机时使用。先设置新的，在此之前，现有的仍可使用。
account-factor-remove = 移除
account-factor-remove-lead = 以后不再要求使用此方式，您在其他地方的登录都将退出。

account-remove-title = 要移除此两步验证方式吗？
account-remove-lead = 以后不再要求使用此方式。您在其他地方的登录都将退出，已记住的设备也不再被记住。
account-remove-codes = 您的备用验证码将一并移除。
account-remove-button = 移除
account-remove-needed-title = 您需要此两步验证方式
account-remove-needed = { $least ->
    [1] 此帮助中心要求两步验证，而这是最后一种可用的方式。请先添加另一种，再移除此方式。
   *[other] 此帮助中心要求您保留 { $least } 种两步验证方式。请先添加另一种，再移除此方式。
}

## 备用验证码

account-codes-left = { $count ->
    [0] 您已全部用完。
   *[other] 您还剩 { $count } 个。
}
account-codes-none = 您还没有备用验证码。当两步验证方式无法使用时，您可以用它们登录。
account-codes-make = 生成新的备用验证码
account-codes-title = 要生成新的备用验证码吗？
account-codes-lead = 每个验证码可代替两步验证登录一次。它们仅显示一次，请先想好保存在哪里。
account-codes-replace = { $count ->
   *[other] 在您保存新的验证码之前，剩余的 { $count } 个仍可使用。
}

## 已登录的位置

account-sessions = 已登录的位置
account-session-this = 此浏览器
account-session-since = 登录时间：{ $when }
account-session-seen = 上次活动时间：{ $when }
account-session-end = 退出登录
account-sessions-end = 退出其他所有登录

account-devices = 已记住的设备
account-devices-none = 没有。登录时，您可以选择记住自己的设备。
account-devices-lead = 在这些设备上登录只需要密码。
account-device-dates = 上次使用于 { $used }，记住至 { $until }
account-device-forget = 不再记住
account-devices-forget = 全部不再记住

## 密码

account-password = 密码
account-password-since = 设置于 { $day }。
account-password-none = 您没有设置密码，登录时也不需要密码。
account-password-change = 更改密码
account-password-set = 设置密码
account-password-lead = 您在其他地方的登录都将退出，已记住的设备也不再被记住。
account-password-current = 当前密码
account-password-save = 保存新密码
account-password-current-missing = 请输入当前密码。
account-password-current-wrong = 当前密码不正确。
    .more = 多次尝试后，您需要等待几分钟。

## 语言

account-language = 语言
account-language-label = 页面和邮件使用的语言
