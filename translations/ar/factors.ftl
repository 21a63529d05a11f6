# طرق التحقق الثانية: أسماؤها وإعدادها وطلبها.

factors-sign-in = تسجيل الدخول
factors-confirm = تأكيد وتسجيل الدخول
factors-continue = متابعة
factors-no-more-codes = لا يمكن إدخال رموز أخرى في الوقت الحالي

factors-wait-seconds = محاولات كثيرة جدًا.
    .more = { $count ->
        [zero] انتظر { $count } ثانية، ثم حاول مرة أخرى.
        [one] انتظر ثانية واحدة، ثم حاول مرة أخرى.
        [two] انتظر ثانيتين، ثم حاول مرة أخرى.
        [few] انتظر { $count } ثوانٍ، ثم حاول مرة أخرى.
        [many] انتظر { $count } ثانية، ثم حاول مرة أخرى.
       *[other] انتظر { $count } ثانية، ثم حاول مرة أخرى.
    }
factors-wait-minutes = محاولات كثيرة جدًا.
    .more = { $count ->
        [zero] انتظر { $count } دقيقة، ثم حاول مرة أخرى.
        [one] انتظر دقيقة واحدة، ثم حاول مرة أخرى.
        [two] انتظر دقيقتين، ثم حاول مرة أخرى.
        [few] انتظر { $count } دقائق، ثم حاول مرة أخرى.
        [many] انتظر { $count } دقيقة، ثم حاول مرة أخرى.
       *[other] انتظر { $count } دقيقة، ثم حاول مرة أخرى.
    }
factors-off = أُوقفت هذه الطريقة بعد عدد كبير من الإجابات الخاطئة.
    .more = استخدم طريقة أخرى، أو اطلب من القائمين على مركز المساعدة إعادة تعيين هذه الطريقة.
factors-taken = هذا مستخدَم بالفعل.
    .more = اختر غيره أو ارجع.

## تطبيق المصادقة

factors-totp-name = تطبيق المصادقة
factors-totp-choice = رمز من تطبيق على هاتفك.
factors-totp-enrol-title = إعداد تطبيق مصادقة
factors-totp-enrol-lead = من الآن فصاعدًا، يتطلب تسجيل الدخول كلمة المرور ورمزًا من تطبيق على هاتفك. يتم الإعداد مرة واحدة فقط، ويستغرق نحو دقيقتين.
factors-totp-get = تثبيت تطبيق
factors-totp-get-lead = أي تطبيق مصادقة مناسب، مثل Google Authenticator أو Microsoft Authenticator أو 2FAS أو Aegis أو 1Password أو Bitwarden. إذا كان لديك أحدها، فاستخدمه.
factors-totp-add = إضافة هذا الحساب إليه
factors-totp-scan = في التطبيق، اختر إضافة حساب، ثم امسح هذا الرمز ضوئيًا.
factors-totp-qr = رمز QR يضيف هذا الحساب إلى تطبيق مصادقة. ويمكن استخدام المفتاح أدناه بدلًا منه.
factors-totp-same-phone = هل تقرأ هذا على الهاتف نفسه؟
factors-totp-same-phone-link = أضف الحساب إلى التطبيق من هنا
factors-totp-by-hand = هل يتعذّر المسح الضوئي؟
factors-totp-by-hand-lead = اختر إدخال مفتاح يدويًا، ثم اكتب:
factors-totp-account = الحساب
factors-totp-key = المفتاح
factors-totp-type = النوع
factors-totp-type-value = حسب الوقت، 6 أرقام
factors-totp-enter = إدخال الرمز الذي يعرضه التطبيق
factors-totp-code-title = إدخال الرمز
factors-totp-code-lead = افتح تطبيق المصادقة على هاتفك وابحث عن رمز الحساب { $account }.
factors-totp-code-label = الرمز من التطبيق
factors-totp-code-hint = 6 أرقام. يتغيّر الرمز كل 30 ثانية.
factors-totp-missing = أدخل الرمز المكوّن من 6 أرقام من تطبيق المصادقة.
factors-totp-malformed = يتكوّن الرمز من 6 أرقام، مثل 123 456.
    .more = أدخل الرمز الذي يعرضه تطبيقك الآن.
factors-totp-wrong = هذا الرمز غير صحيح.
    .more = أدخل أحدث رمز يعرضه تطبيقك لهذا الحساب.
factors-totp-used = استُخدم هذا الرمز من قبل.
    .more = انتظر الرمز التالي: يعرض تطبيقك رمزًا جديدًا كل 30 ثانية.
factors-totp-clock-behind = { $count ->
        [zero] ساعة جهازك متأخرة بنحو { $count } دقيقة.
        [one] ساعة جهازك متأخرة بنحو دقيقة واحدة.
        [two] ساعة جهازك متأخرة بنحو دقيقتين.
        [few] ساعة جهازك متأخرة بنحو { $count } دقائق.
        [many] ساعة جهازك متأخرة بنحو { $count } دقيقة.
       *[other] ساعة جهازك متأخرة بنحو { $count } دقيقة.
    }
    .more = اضبط التاريخ والوقت على الوضع التلقائي، ثم أدخل رمزًا جديدًا.
factors-totp-clock-ahead = { $count ->
        [zero] ساعة جهازك متقدمة بنحو { $count } دقيقة.
        [one] ساعة جهازك متقدمة بنحو دقيقة واحدة.
        [two] ساعة جهازك متقدمة بنحو دقيقتين.
        [few] ساعة جهازك متقدمة بنحو { $count } دقائق.
        [many] ساعة جهازك متقدمة بنحو { $count } دقيقة.
       *[other] ساعة جهازك متقدمة بنحو { $count } دقيقة.
    }
    .more = اضبط التاريخ والوقت على الوضع التلقائي، ثم أدخل رمزًا جديدًا.

## الرموز الاحتياطية

factors-backup-name = الرموز الاحتياطية
factors-backup-choice = أحد الرموز التي حفظتها عند الإعداد.
factors-backup-new-title = حفظ الرموز الاحتياطية
factors-backup-new-lead = إذا فقدت هاتفك، يمكنك تسجيل الدخول بأحد هذه الرموز بدلًا منه. يُستخدم كل رمز مرة واحدة فقط. ولا تُعرض الرموز إلا الآن.
factors-backup-download = تنزيل
factors-backup-copy = نسخ
factors-backup-copied = تم النسخ.
factors-backup-print = طباعة
factors-backup-saved = حفظتُ هذه الرموز في مكان آمن
factors-backup-unsaved = أكّد أنك حفظت الرموز.
    .more = لن تُعرض مرة أخرى.
factors-backup-file = الرموز الاحتياطية لحسابك في { $site }. يُستخدم كل رمز مرة واحدة فقط.
factors-backup-file-name = الرموز-الاحتياطية
factors-backup-ask-title = إدخال رمز احتياطي
factors-backup-ask-lead = استخدم أحد الرموز التي حفظتها للحساب { $account }.
factors-backup-label = رمز احتياطي
factors-backup-left = { $count ->
    [zero] 16 حرفًا ورقمًا. لم يبقَ لديك أي رمز.
    [one] 16 حرفًا ورقمًا. بقي لديك رمز واحد.
    [two] 16 حرفًا ورقمًا. بقي لديك رمزان.
    [few] 16 حرفًا ورقمًا. بقي لديك { $count } رموز.
    [many] 16 حرفًا ورقمًا. بقي لديك { $count } رمزًا.
   *[other] 16 حرفًا ورقمًا. بقي لديك { $count } رمز.
}
factors-backup-missing = أدخل أحد رموزك الاحتياطية.
factors-backup-malformed = يتكوّن الرمز الاحتياطي من 16 حرفًا ورقمًا، مثل ABCD-EFGH-1234-5678.
factors-backup-wrong = هذا ليس من رموزك الاحتياطية.
    .more = إذا أنشأت رموزًا جديدة بعد ذلك، فلم تعد الرموز القديمة صالحة.
factors-backup-used = استُخدم هذا الرمز من قبل.
    .more = أدخل رمزًا آخر.
