# E-mails aos clientes.

mail-hello = Olá, { $name }!
mail-hello-anybody = Olá!
mail-foot = Você recebeu este e-mail porque este endereço pertence a uma conta em { $site }. Ninguém lê as respostas a este e-mail.
mail-copy-link = Se o botão não funcionar, copie este endereço no seu navegador:

mail-not-you = Não foi você?
mail-not-you-lead = Então outra pessoa pode saber sua senha. Bloqueie sua conta: ninguém vai conseguir fazer login nela até que você escolha uma nova senha ou os responsáveis por { $site } a verifiquem.
mail-freeze = Bloquear minha conta

mail-fact-when = Data e hora
mail-fact-browser = Navegador
mail-fact-network = Rede
mail-fact-method = Método
mail-fact-name = Nome
mail-fact-old-address = Endereço anterior
mail-fact-new-address = Novo endereço

mail-method-passkey = Chave de acesso
mail-method-totp = App autenticador
mail-method-yubikey = YubiKey
mail-method-duo = Duo
mail-method-sms = Código por SMS
mail-method-email-code = Código por e-mail
mail-method-questions = Perguntas de segurança
mail-method-backup-codes = Códigos de backup
mail-method-other = Outro método

mail-code-subject = Seu código para fazer login em { $site }
mail-code-lead = Digite este código na página em que você está fazendo login em { $site }:
mail-code-life = { $minutes ->
    [one] Ele funciona uma única vez e expira em um minuto.
   *[other] Ele funciona uma única vez e expira em { $minutes } minutos.
}
mail-code-care = Ninguém de { $site } jamais vai pedir este código a você. Se você não está fazendo login agora, outra pessoa sabe sua senha: troque-a.

mail-reset-subject = Escolha uma nova senha para { $site }
mail-reset-lead = Alguém, esperamos que você, pediu uma nova senha para sua conta em { $site }.
mail-reset-button = Escolher uma nova senha
mail-reset-life = { $minutes ->
    [one] O link funciona uma única vez e expira em um minuto. Seu segundo fator continuará sendo pedido no login.
   *[other] O link funciona uma única vez e expira em { $minutes } minutos. Seu segundo fator continuará sendo pedido no login.
}
mail-reset-care = Se não foi você, não faça nada: sua senha continua a mesma.

mail-set-subject = Boas-vindas a { $site }: escolha sua senha
mail-set-lead = Uma conta foi criada para você em { $site }. Escolha uma senha para fazer login.
mail-set-button = Escolher minha senha
mail-set-life = { $hours ->
    [one] O link funciona uma única vez e expira em uma hora.
   *[other] O link funciona uma única vez e expira em { $hours } horas.
}

mail-factor-added-subject = Novo segundo fator em { $site }
mail-factor-added-lead = Um segundo fator foi adicionado à sua conta em { $site }.
mail-factor-removed-subject = Segundo fator removido em { $site }
mail-factor-removed-lead = Um segundo fator foi removido da sua conta em { $site }.

mail-factors-reset-subject = Seus segundos fatores em { $site } foram removidos
mail-factors-reset-lead = Todos os segundos fatores da sua conta em { $site } foram removidos. Você vai configurar um novo no próximo login.

mail-welcome-subject = Boas-vindas a { $site }
mail-welcome-lead = Uma conta foi criada para você em { $site }. Faça login com este endereço de e-mail e a senha que você recebeu.
mail-welcome-more = Talvez seja solicitado que você configure um segundo fator, como um aplicativo autenticador. Isso leva um minuto.

mail-password-changed-subject = Sua senha de { $site } foi alterada
mail-password-changed-lead = A senha da sua conta em { $site } foi alterada. Todas as suas outras sessões foram encerradas.

mail-password-off-subject = Você precisa escolher uma nova senha para { $site }
mail-password-off-lead = Senhas erradas foram digitadas cem vezes seguidas para sua conta em { $site }. Ninguém conseguiu entrar. Para que ninguém consiga adivinhá-la, sua senha não funciona mais lá, exceto em navegadores em que você já tinha feito login antes.
mail-password-off-care = Para fazer login em outro lugar, use “Esqueceu sua senha?” na página de login e escolha uma nova senha.

mail-email-changed-subject = Seu endereço de e-mail em { $site } foi alterado
mail-email-changed-lead = A partir de agora, os e-mails sobre sua conta em { $site } vão para outro endereço, e é com ele que você faz login.

mail-backup-used-subject = Um código de backup foi usado em { $site }
mail-backup-used-lead = Um dos seus códigos de backup foi usado para fazer login em { $site }.
mail-backup-used-left = { $left ->
    [0] Não resta nenhum. Crie novos na sua página de segurança.
    [one] Resta só um. Crie novos em breve na sua página de segurança.
   *[other] Restam { $left }.
}
mail-backup-made-subject = Novos códigos de backup para { $site }
mail-backup-made-lead = Novos códigos de backup foram criados para sua conta em { $site }. Os anteriores não funcionam mais.

mail-device-subject = Login em { $site } por um novo navegador
mail-device-lead = Foi feito login na sua conta em { $site } por um navegador que ainda não tinha sido usado com ela.

mail-device-copied-subject = Um segundo fator volta a ser pedido em um dispositivo lembrado por { $site }
mail-device-copied-lead = Um dispositivo que você pediu que { $site } lembrasse fez login com dados salvos que já tinham sido usados antes. Eles podem ter vindo de um backup seu, ou alguém pode tê-los copiado. Esse dispositivo não é mais lembrado.

mail-failed-subject = Um login em { $site } parou no segundo fator
mail-failed-lead = Alguém digitou a senha certa da sua conta em { $site }, mas não um segundo fator certo, e não conseguiu entrar.
mail-failed-care = Se foi você, não é preciso fazer nada.

mail-recovery-started-subject = A recuperação da sua conta em { $site } começou
mail-recovery-started-lead = Alguém pediu para remover o segundo fator da sua conta em { $site } porque ele foi perdido. Para sua segurança, isso leva um tempo:
mail-recovery-ready-at = Disponível a partir de
mail-recovery-started-care = Avisaremos você de novo nesse momento. Se não foi você, cancele a recuperação agora.
mail-recovery-cancel = Cancelar a recuperação
mail-recovery-ready-subject = Sua conta em { $site } já pode ser recuperada
mail-recovery-ready-lead = A espera acabou: você já pode configurar um novo segundo fator para sua conta em { $site }. Para isso, vai precisar da sua senha.
mail-recovery-ready-button = Recuperar minha conta
mail-recovery-ready-care = Se você não pediu isso, cancele a recuperação.
mail-recovery-cancelled-subject = A recuperação em { $site } foi cancelada
mail-recovery-cancelled-lead = A recuperação da sua conta em { $site } foi cancelada. Nada foi alterado.

mail-frozen-subject = Sua conta em { $site } está bloqueada
mail-frozen-lead = Sua conta em { $site } foi bloqueada pelo link em um dos nossos e-mails. Ninguém pode fazer login nela, nem você.
mail-frozen-care = Para voltar a acessá-la, use “Esqueceu sua senha?” na página de login e escolha uma nova senha. Se nenhum e-mail chegar depois disso, fale com os responsáveis por { $site }.
