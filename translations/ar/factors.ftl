# طرق التحقق الثانية: أسماؤها وإعدادها وطلبها.

factors-sign-in = تسجيل الدخول
factors-confirm = تأكيد وتسجيل الدخول
factors-confirm-adding = تأكيد
factors-remember = { $days ->
    [zero] عدم طلب طريقة التحقق الثانية على هذا الجهاز لمدة { $days } يوم
    [one] عدم طلب طريقة التحقق الثانية على هذا الجهاز لمدة يوم واحد
    [two] عدم طلب طريقة التحقق الثانية على هذا الجهاز لمدة يومين
    [few] عدم طلب طريقة التحقق الثانية على هذا الجهاز لمدة { $days } أيام
    [many] عدم طلب طريقة التحقق الثانية على هذا الجهاز لمدة { $days } يومًا
   *[other] عدم طلب طريقة التحقق الثانية على هذا الجهاز لمدة { $days } يوم
}
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

## مفاتيح المرور

factors-passkey-name = مفتاح مرور
factors-passkey-choice = بصمة إصبعك أو وجهك أو قفل الشاشة أو مفتاح أمان، دون كتابة أي شيء.
factors-passkey-made-with = { $browser } على { $system }
factors-passkey-enrol-title = إعداد مفتاح مرور
factors-passkey-enrol-lead = من الآن فصاعدًا، يتطلب تسجيل الدخول كلمة المرور ومفتاح مرور: بصمة إصبعك أو وجهك أو قفل الشاشة أو مفتاح أمان. سيسألك متصفحك أين تريد حفظه.
factors-passkey-create = إنشاء مفتاح مرور
factors-passkey-ask-title = استخدام مفتاح المرور
factors-passkey-ask-lead = أكّد ببصمة إصبعك أو وجهك أو قفل الشاشة أو مفتاح الأمان أنك صاحب الحساب { $account }.
factors-passkey-use = المتابعة بمفتاح مرور
factors-passkey-cancelled = لم يُستخدم أي مفتاح مرور. حاول مرة أخرى عندما تكون مستعدًا، أو اختر طريقة أخرى.
factors-passkey-exists-here = يوجد بالفعل مفتاح مرور لهذا الحساب على هذا الجهاز أو مفتاح الأمان هذا. استخدم غيره.
factors-passkey-failed = تعذّر على متصفحك استخدام مفتاح مرور هنا. حاول مرة أخرى، أو اختر طريقة أخرى.
factors-passkey-unsupported = لا يدعم هذا المتصفح مفاتيح المرور، أو أن البرامج النصية فيه معطّلة. اختر طريقة أخرى، أو استخدم متصفحًا آخر.
factors-passkey-refused = لم يُقبل مفتاح المرور هذا.
    .more = حاول مرة أخرى، أو اختر طريقة أخرى.
factors-passkey-late = استغرق ذلك وقتًا طويلًا.
    .more = حاول مرة أخرى: تم تحديث هذه الصفحة الآن.
factors-passkey-exists = لديك مفتاح المرور هذا بالفعل.
    .more = استخدم جهازًا آخر أو مفتاح أمان آخر.
factors-passkey-copied = لم يُقبل مفتاح المرور هذا، فربما توجد نسخة منه.
    .more = اختر طريقة أخرى، ثم أزل مفتاح المرور هذا وأنشئ مفتاحًا جديدًا.

## تطبيق المصادقة

factors-totp-name = تطبيق المصادقة
factors-totp-choice = رمز من تطبيق على هاتفك.
factors-totp-enrol-title = إعداد تطبيق مصادقة
factors-totp-enrol-lead = من الآن فصاعدًا، يتطلب تسجيل الدخول كلمة المرور ورمزًا من تطبيق على هاتفك. يتم الإعداد مرة واحدة فقط، ويستغرق نحو دقيقتين.
factors-totp-adding-lead = أضف حسابك إلى أحد التطبيقات، ثم أدخل الرمز الذي يعرضه. يستغرق ذلك نحو دقيقتين.
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
factors-totp-malformed = يتكوّن الرمز من 6 أرقام، مثل 123456.
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

## أسئلة الأمان

factors-questions-name = أسئلة الأمان
factors-questions-choice = إجابات يُفترض ألا يعرفها غيرك.
factors-questions-enrol-title = إعداد أسئلة الأمان
factors-questions-enrol-lead = السؤال { $number } من { $count }. اختر سؤالًا لا يستطيع الآخرون معرفة إجابته أو تخمينها، وتتذكّر أنت إجابته حرفيًا.
factors-questions-question = السؤال
factors-questions-choose = اختر سؤالًا
factors-questions-concert = ما أول حفل أو عرض حضرته من دون والديك؟
factors-questions-by-heart = ما الكتاب أو الفيلم الذي كنت تحفظه عن ظهر قلب في طفولتك؟
factors-questions-teacher = ما اسم أول معلّم تتذكّره؟
factors-questions-sunrise = أين كنت عندما شاهدت شروق الشمس آخر مرة؟
factors-questions-food = ما أغرب طعام أكلته؟
factors-questions-ten = ماذا كنت تريد أن تصبح عندما كان عمرك عشر سنوات؟
factors-questions-bought = ما أول شيء اشتريته بمال كسبته؟
factors-questions-place = ما المكان الذي تودّ أن تراه مرة أخرى؟
factors-questions-answer = إجابتك
factors-questions-answer-hint = لا يهم الفرق بين الأحرف الكبيرة والصغيرة ولا المسافات الزائدة. ليس من الضروري أن تكون الإجابة صحيحة، المهم أن تكون نفسها في كل مرة.
factors-questions-show = إظهار ما أكتبه
factors-questions-ask-title = الإجابة عن أسئلة الأمان
factors-questions-ask-lead = أعددتَ هذه الأسئلة للحساب { $account }.
factors-questions-unchosen = اختر سؤالًا.
factors-questions-answer-missing = أدخل إجابة.
factors-questions-too-short = هذه الإجابة قصيرة جدًا.
    .more = استخدم 3 أحرف أو أرقام على الأقل.
factors-questions-too-long = هذه الإجابة طويلة جدًا.
    .more = استخدم 200 حرف على الأكثر.
factors-questions-common = هذه الإجابة من أول ما يجرّبه الآخرون.
    .more = اختر إجابة لا تخطر إلا ببالك.
factors-questions-of-question = هذه الإجابة لا تزيد على تكرار السؤال.
    .more = اختر غيرها.
factors-questions-of-customer = هذه الإجابة هي اسمك أو بريدك الإلكتروني أو اسم مركز المساعدة هذا.
    .more = يعرفها الآخرون، فاختر غيرها.
factors-questions-again = سبق أن استخدمت هذه الإجابة.
    .more = يحتاج كل سؤال إلى إجابة خاصة به.
factors-questions-missing = أجب عن جميع الأسئلة.
factors-questions-wrong = هذا غير صحيح.
    .more = تختلف إجابة واحدة على الأقل عما أعددته. تحقّق منها جميعًا وحاول مرة أخرى.
factors-questions-changed = لم يتم التحقق من إجاباتك.
    .more = حاول مرة أخرى. وإذا أعددت إجابات جديدة في هذه الأثناء، فألغِ تسجيل الدخول وابدأه من جديد.

## مفاتيح YubiKey

factors-yubikey-name = YubiKey
factors-yubikey-choice = لمسة على مفتاح YubiKey الذي يكتب كلمة مرور صالحة لمرة واحدة.
factors-yubikey-enrol-title = إعداد مفتاح YubiKey
factors-yubikey-enrol-lead = من الآن فصاعدًا، يتطلب تسجيل الدخول كلمة المرور ولمسة على مفتاح YubiKey الخاص بك.
factors-yubikey-ask-title = لمس مفتاح YubiKey
factors-yubikey-ask-lead = استخدم أحد مفاتيح YubiKey التي أعددتها للحساب { $account }.
factors-yubikey-label = كلمة المرور لمرة واحدة
factors-yubikey-hint = وصّل المفتاح وحدّد هذا الحقل، ثم المس الجزء الذهبي من المفتاح. سيكتب المفتاح كلمة المرور هذه ويرسلها.
factors-yubikey-missing = المس مفتاح YubiKey بعد تحديد هذا الحقل.
factors-yubikey-malformed = هذا ليس ما يكتبه مفتاح YubiKey.
    .more = أفرغ الحقل وحدّده، ثم المس المفتاح مرة واحدة.
factors-yubikey-foreign = مفتاح YubiKey هذا غير مُعدّ لك.
    .more = استخدم أحد مفاتيحك، أو طريقة أخرى.
factors-yubikey-wrong = كلمة المرور لمرة واحدة غير صحيحة.
    .more = المس مفتاح YubiKey مرة أخرى.
factors-yubikey-used = كلمة المرور لمرة واحدة مستخدَمة من قبل.
    .more = المس مفتاح YubiKey مرة أخرى.
factors-yubikey-away = يتعذّر التحقق من مفتاح YubiKey في الوقت الحالي. الخطأ ليس منك.
    .more = المسه مرة أخرى بعد دقيقة، أو استخدم طريقة أخرى.

## Duo

factors-duo-name = Duo
factors-duo-choice = الموافقة عبر Duo Mobile أو بطريقة أخرى لديك في Duo.
factors-duo-enrol-title = إعداد Duo
factors-duo-enrol-lead = سيطلب منك Duo الموافقة مرة واحدة باسم { $account }. ومن بعدها، يتطلب تسجيل الدخول كلمة المرور وموافقتك في Duo.
factors-duo-ask-title = الموافقة عبر Duo
factors-duo-ask-lead = سيطلب منك Duo الموافقة على تسجيل الدخول للحساب { $account }، ثم يعيدك إلى هنا.
factors-duo-go = المتابعة إلى Duo
factors-duo-denied = أفاد Duo بأن الطلب رُفض.
    .more = إذا حدث ذلك سهوًا، فحاول مرة أخرى.
factors-duo-ended = لم تتم الموافقة في Duo.
    .more = حاول مرة أخرى، أو استخدم طريقة أخرى.
factors-duo-stale = انتهت صلاحية هذه الموافقة أو استُخدمت من قبل.
    .more = حاول مرة أخرى.
factors-duo-foreign = ما وصل من Duo لا يخص تسجيل الدخول هذا.
    .more = حاول مرة أخرى من هنا.
factors-duo-away = يتعذّر الاتصال بخدمة Duo في الوقت الحالي. الخطأ ليس منك.
    .more = حاول مرة أخرى بعد دقيقة، أو استخدم طريقة أخرى.

## الرموز بالبريد الإلكتروني والرسائل النصية

factors-sent-none-title = لم يُرسل أي رمز
factors-sent-label = الرمز
factors-sent-hint = { $count ->
    [zero] 6 أرقام. يُستخدم مرة واحدة فقط، وتنتهي صلاحيته خلال { $count } دقيقة.
    [one] 6 أرقام. يُستخدم مرة واحدة فقط، وتنتهي صلاحيته خلال دقيقة واحدة.
    [two] 6 أرقام. يُستخدم مرة واحدة فقط، وتنتهي صلاحيته خلال دقيقتين.
    [few] 6 أرقام. يُستخدم مرة واحدة فقط، وتنتهي صلاحيته خلال { $count } دقائق.
    [many] 6 أرقام. يُستخدم مرة واحدة فقط، وتنتهي صلاحيته خلال { $count } دقيقة.
   *[other] 6 أرقام. يُستخدم مرة واحدة فقط، وتنتهي صلاحيته خلال { $count } دقيقة.
}
factors-sent-again = إرسال رمز جديد
factors-sent-missing = أدخل الرمز المكوّن من 6 أرقام الذي أُرسل إليك.
factors-sent-malformed = يتكوّن الرمز من 6 أرقام، مثل 123456.
factors-sent-wrong = هذا الرمز غير صحيح.
    .more = أدخل أحدث رمز أُرسل إليك، فالرموز الأقدم لم تعد صالحة.
factors-sent-expired = انتهت صلاحية هذا الرمز.
    .more = اطلب إرسال رمز جديد.
factors-sent-none = لا يوجد رمز صالح الآن.
    .more = اطلب إرسال رمز جديد.
factors-sent-too-many = أُرسلت إليك رموز كثيرة.
    .more = { $count ->
        [zero] يمكن إرسال رمز آخر بعد { $count } دقيقة.
        [one] يمكن إرسال رمز آخر بعد دقيقة واحدة.
        [two] يمكن إرسال رمز آخر بعد دقيقتين.
        [few] يمكن إرسال رمز آخر بعد { $count } دقائق.
        [many] يمكن إرسال رمز آخر بعد { $count } دقيقة.
       *[other] يمكن إرسال رمز آخر بعد { $count } دقيقة.
    }

factors-email-name = رمز بالبريد الإلكتروني
factors-email-choice = رمز يُرسل إلى بريدك الإلكتروني.
factors-email-title = إدخال الرمز المرسل بالبريد الإلكتروني
factors-email-lead = أُرسل رمز إلى { $to }. إذا لم يصل خلال دقيقة، فابحث عنه في مجلد البريد غير المرغوب فيه.
factors-email-none = تعذّر إرسال رمز إلى { $to } الآن.
factors-email-refused = يرفض خادم بريدك الرسائل المرسلة إلى عنوانك.
    .more = استخدم طريقة أخرى، أو تواصل مع القائمين على مركز المساعدة.

factors-sms-name = رمز في رسالة نصية
factors-sms-choice = رمز يُرسل إلى هاتفك في رسالة نصية.
factors-sms-enrol-title = إعداد الرموز بالرسائل النصية
factors-sms-enrol-lead = من الآن فصاعدًا، يتطلب تسجيل الدخول كلمة المرور ورمزًا يُرسل إلى هاتفك.
factors-sms-number = رقم الهاتف المحمول
factors-sms-number-hint = مع رمز البلد، مثل { "\u2066+966 50 123 4567\u2069" }.
factors-sms-send = إرسال رمز
factors-sms-title = إدخال الرمز المرسل إلى هاتفك
factors-sms-lead = أُرسلت رسالة نصية فيها رمز إلى { $to }.
factors-sms-none = تعذّر إرسال رمز إلى { $to } الآن.
factors-sms-another = استخدام رقم آخر
factors-sms-number-missing = أدخل رقم هاتفك المحمول.
factors-sms-number-character = يتضمن هذا الرقم شيئًا لا مكان له في أرقام الهواتف.
    .more = استخدم الأرقام فقط، وقبلها علامة الجمع (+).
factors-sms-number-country = أدخل الرقم مع رمز البلد.
    .more = يبدأ بعلامة الجمع، مثل { "\u2066+966 50 123 4567\u2069" }.
factors-sms-number-short = هذا الرقم قصير جدًا.
    .more = تأكد من عدم نقص أي رقم.
factors-sms-number-long = هذا الرقم طويل جدًا.
    .more = يتكوّن رقم الهاتف من 15 رقمًا على الأكثر.
factors-sms-refused = تعذّر توصيل الرسالة النصية.
    .more = اطلب إرسال رمز جديد، أو استخدم طريقة أخرى.
factors-sms-text = رمز دخول { $site }: { $code }. لا تشاركه.
factors-sms-text-short = رمز الدخول: { $code }. لا تشاركه.
