# صفحة الأمان الخاصة بالعميل.

account-title = أمان حسابك
account-lead = كيفية تسجيل الدخول إلى الحساب { $account }.
account-back = الرجوع إلى أمان حسابك
account-save = حفظ
account-link = عرض كيفية تسجيل دخولك والأماكن التي سجّلت الدخول منها

account-browser = { $browser } على { $system }
account-browser-unknown = متصفح غير معروف

## تأكيد هويتك من جديد قبل أي تغيير

account-again-title = تأكيد هويتك مرة أخرى
account-again-lead = قبل تغيير أي شيء في كيفية تسجيل دخولك، نتأكد من أنك صاحب الحساب. ثم تتابع من حيث كنت.

## ما تم تنفيذه

account-done-factor-added = تم الإعداد. من الآن فصاعدًا، قد تُطلب منك هذه الطريقة عند تسجيل الدخول.
account-done-factor-renamed = تم حفظ الاسم.
account-done-factor-removed = تمت الإزالة. وتم تسجيل خروجك من كل مكان آخر.
account-done-codes-made = تم حفظ رموزك الاحتياطية الجديدة. ولم تعد الرموز القديمة صالحة.
account-done-password-changed = تم تغيير كلمة مرورك. وتم تسجيل خروجك من كل مكان آخر.
account-done-preference-kept = تم الحفظ.
account-done-session-ended = تم تسجيل خروجك هناك.
account-done-device-forgotten = لم نعد نتذكّر هذا الجهاز. سيتطلب تسجيل الدخول التالي عليه طريقة التحقق الثانية.

## طرق التحقق الثانية

account-factors = طرق التحقق الثانية
account-factors-none = ليس لديك أي طريقة. عند وجود طريقة تحقق ثانية، لا تكفي كلمة المرور وحدها لدخول أي شخص.
account-factors-one = أضف طريقة أخرى حتى تتمكن من تسجيل الدخول إذا فقدت هذه الطريقة.
account-factor-dates = تاريخ الإضافة: { $added }، آخر استخدام: { $used }
account-factor-added = تاريخ الإضافة: { $added }
account-factor-off = أُوقفت بعد عدد كبير من الإجابات الخاطئة. استبدلها أو أزلها.
account-factor-not-allowed = لم يعد مركز المساعدة هذا يقبلها.
account-factor-change = تغيير
account-factor-add = إضافة طريقة تحقق ثانية
account-preferred = الطريقة التي تُطلب مني أولًا
account-preferred-last = آخر طريقة استخدمتها

account-add-title = إضافة طريقة تحقق ثانية
account-add-lead = إذا كانت لديك أكثر من طريقة، يمكنك تسجيل الدخول حتى لو فقدت إحداها.
account-add-none = لا يوجد ما يمكن إضافته: لديك كل الطرق التي يقبلها مركز المساعدة هذا.

account-factor-title = تغيير طريقة تحقق ثانية
account-factor-name = الاسم
account-factor-name-hint = لتعرف أي طريقة هي، مثل اسم الجهاز الموجودة عليه.
account-factor-rename = حفظ الاسم
account-name-missing = أدخل اسمًا.
account-name-too-long = { $most ->
    [zero] استخدم { $most } حرف على الأكثر.
    [one] استخدم حرفًا واحدًا على الأكثر.
    [two] استخدم حرفين على الأكثر.
    [few] استخدم { $most } أحرف على الأكثر.
    [many] استخدم { $most } حرفًا على الأكثر.
   *[other] استخدم { $most } حرف على الأكثر.
}
account-name-unusable = يتضمن هذا الاسم رموزًا لا يمكن عرضها.
    .more = استخدم الحروف والأرقام والعلامات.
account-factor-replace = استبدال
account-factor-replace-lead = عند شراء هاتف جديد مثلًا. تُعدّ الطريقة الجديدة أولًا، وتبقى هذه صالحة حتى ذلك الحين.
account-factor-remove = إزالة
account-factor-remove-lead = لن تُطلب منك بعد ذلك، وسيتم تسجيل خروجك من كل مكان آخر.

account-remove-title = هل تريد إزالة طريقة التحقق الثانية هذه؟
account-remove-lead = لن تُطلب منك بعد ذلك. سيتم تسجيل خروجك من كل مكان آخر، ولن نتذكّر بعدها الأجهزة التي كنا نتذكّرها.
account-remove-codes = ستُزال رموزك الاحتياطية معها.
account-remove-button = إزالة
account-remove-needed-title = تحتاج إلى طريقة التحقق الثانية هذه
account-remove-needed = { $least ->
    [zero] يطلب منك مركز المساعدة هذا الاحتفاظ بما لا يقل عن { $least } من طرق التحقق الثانية. أضف طريقة أخرى أولًا، ثم أزل هذه.
    [one] يطلب مركز المساعدة هذا طريقة تحقق ثانية، وهذه آخر طريقة صالحة لديك. أضف طريقة أخرى أولًا، ثم أزل هذه.
    [two] يطلب منك مركز المساعدة هذا الاحتفاظ بما لا يقل عن اثنتين من طرق التحقق الثانية. أضف طريقة أخرى أولًا، ثم أزل هذه.
    [few] يطلب منك مركز المساعدة هذا الاحتفاظ بما لا يقل عن { $least } من طرق التحقق الثانية. أضف طريقة أخرى أولًا، ثم أزل هذه.
    [many] يطلب منك مركز المساعدة هذا الاحتفاظ بما لا يقل عن { $least } من طرق التحقق الثانية. أضف طريقة أخرى أولًا، ثم أزل هذه.
   *[other] يطلب منك مركز المساعدة هذا الاحتفاظ بما لا يقل عن { $least } من طرق التحقق الثانية. أضف طريقة أخرى أولًا، ثم أزل هذه.
}

## الرموز الاحتياطية

account-codes-left = { $count ->
    [zero] لقد استخدمتها كلها.
    [one] بقي لديك رمز واحد.
    [two] بقي لديك رمزان.
    [few] بقي لديك { $count } رموز.
    [many] بقي لديك { $count } رمزًا.
   *[other] بقي لديك { $count } رمز.
}
account-codes-none = ليس لديك أي رموز. تتيح لك هذه الرموز تسجيل الدخول إذا فقدت طريقة التحقق الثانية.
account-codes-make = إنشاء رموز احتياطية جديدة
account-codes-title = هل تريد إنشاء رموز احتياطية جديدة؟
account-codes-lead = يتيح لك كل رمز تسجيل الدخول مرة واحدة بدلًا من طريقة التحقق الثانية. لا تُعرض الرموز إلا مرة واحدة، فجهّز مكانًا لحفظها.
account-codes-replace = { $count ->
    [zero] لم يبقَ لديك أي رمز صالح إلى أن تحفظ الرموز الجديدة.
    [one] يبقى الرمز الوحيد المتبقي لديك صالحًا إلى أن تحفظ الرموز الجديدة.
    [two] يبقى الرمزان المتبقيان لديك صالحين إلى أن تحفظ الرموز الجديدة.
    [few] تبقى الرموز المتبقية لديك، وعددها { $count }، صالحة إلى أن تحفظ الرموز الجديدة.
    [many] تبقى الرموز المتبقية لديك، وعددها { $count }، صالحة إلى أن تحفظ الرموز الجديدة.
   *[other] تبقى الرموز المتبقية لديك، وعددها { $count }، صالحة إلى أن تحفظ الرموز الجديدة.
}

## الأماكن التي سجّلت الدخول منها

account-sessions = الأماكن التي سجّلت الدخول منها
account-session-this = هذا المتصفح
account-session-since = منذ { $when }
account-session-seen = آخر نشاط: { $when }
account-session-end = تسجيل الخروج
account-sessions-end = تسجيل الخروج من كل مكان آخر

account-devices = الأجهزة التي نتذكّرها
account-devices-none = لا توجد أجهزة. عند تسجيل الدخول، يمكنك أن تطلب تذكّر جهازك.
account-devices-lead = لا يتطلب تسجيل الدخول عليها سوى كلمة المرور.
account-device-dates = آخر استخدام: { $used }، نتذكّره حتى { $until }
account-device-forget = نسيان
account-devices-forget = نسيان الكل

## كلمة المرور

account-password = كلمة المرور
account-password-since = عُيّنت في { $day }.
account-password-none = ليست لديك كلمة مرور: تسجّل الدخول بدونها.
account-password-change = تغيير كلمة المرور
account-password-set = تعيين كلمة مرور
account-password-lead = سيتم تسجيل خروجك من كل مكان آخر، ولن نتذكّر بعدها الأجهزة التي كنا نتذكّرها.
account-password-current = كلمة المرور الحالية
account-password-save = حفظ كلمة المرور الجديدة
account-password-current-missing = أدخل كلمة المرور الحالية.
account-password-current-wrong = هذه ليست كلمة مرورك الحالية.
    .more = بعد عدة محاولات، نطلب منك الانتظار بضع دقائق.

## اللغة

account-language = اللغة
account-language-label = لغة هذه الصفحات ورسائلنا
