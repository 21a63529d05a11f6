# 多个页面共用的文字。

common-language = 语言：
common-reference = 参考编号
common-error-title = 错误：{ $title }

common-day = { $year }年{ $month }月{ $day }日
common-moment = { $day } { $time } (UTC)

common-error-foreign-form = 此表单不是从我们的页面发送的
    .sentence = 为保护您的帐户，我们只接受从登录页面发送的表单。
    .way-on = 请返回帮助中心，再次选择“登录”。
common-error-nothing-here = 找不到页面
    .sentence = 地址可能有误，或者页面已移动。
    .way-on = 请从帮助中心登录，它总会带您到正确的页面。
common-error-wrong-method = 不能以这种方式使用此页面
    .sentence = 地址存在，但不适用于此请求。
    .way-on = 请返回帮助中心，再次选择“登录”。
common-error-too-large = 一次发送的内容过多
    .sentence = 发送的内容超过了此页面可接受的大小。
    .way-on = 请返回帮助中心，再次选择“登录”。
common-error-busy = 目前访问人数过多
    .sentence = 您的帐户没有问题。
    .way-on = 请等待几秒钟，然后重新加载此页面。
common-error-unreadable = 我们无法读取该请求
    .sentence = 其中有内容不完整或格式不正确。未做任何更改。
    .way-on = 请返回帮助中心，再次选择“登录”。
common-error-ours = 我们这边出了点问题
    .sentence = 这不是您的错，您的帐户是安全的。
    .way-on = 请一分钟后重试。如果问题仍然出现，请将下方的参考编号告知帮助中心的管理人员。
common-show-password = 显示密码
