# Segundos fatores: como se chamam, como são configurados e pedidos.

factors-sign-in = Fazer login
factors-confirm = Confirmar e fazer login
factors-confirm-adding = Confirmar
factors-remember = { $days ->
    [one] Não pedir um segundo fator neste dispositivo por { $days } dia
   *[other] Não pedir um segundo fator neste dispositivo por { $days } dias
}
factors-continue = Continuar
factors-no-more-codes = Por enquanto, nenhum outro código é aceito

factors-wait-seconds = Muitas tentativas.
    .more = { $count ->
        [one] Espere { $count } segundo e tente de novo.
       *[other] Espere { $count } segundos e tente de novo.
    }
factors-wait-minutes = Muitas tentativas.
    .more = { $count ->
        [one] Espere { $count } minuto e tente de novo.
       *[other] Espere { $count } minutos e tente de novo.
    }
factors-off = Este método foi desativado depois de muitas respostas erradas.
    .more = Use outro ou peça aos responsáveis pela sua central de ajuda que redefinam este.
factors-taken = Este item já está em uso.
    .more = Escolha outro ou volte.

## Chaves de acesso

factors-passkey-name = Chave de acesso
factors-passkey-choice = Sua impressão digital, seu rosto, o bloqueio de tela ou uma chave de segurança. Nada para digitar.
factors-passkey-made-with = { $browser } no { $system }
factors-passkey-enrol-title = Configure uma chave de acesso
factors-passkey-enrol-lead = A partir de agora, o login exige sua senha e uma chave de acesso: sua impressão digital, seu rosto, o bloqueio de tela ou uma chave de segurança. Seu navegador pergunta onde guardá-la.
factors-passkey-create = Criar uma chave de acesso
factors-passkey-ask-title = Use sua chave de acesso
factors-passkey-ask-lead = Confirme com sua impressão digital, seu rosto, o bloqueio de tela ou sua chave de segurança que você é { $account }.
factors-passkey-use = Continuar com uma chave de acesso
factors-passkey-cancelled = Nenhuma chave de acesso foi usada. Tente de novo quando quiser ou escolha outro método.
factors-passkey-exists-here = Este dispositivo ou chave de segurança já tem uma chave de acesso para esta conta. Use outro dispositivo ou outra chave de segurança.
factors-passkey-failed = Seu navegador não conseguiu usar uma chave de acesso aqui. Tente de novo ou escolha outro método.
factors-passkey-unsupported = Este navegador não aceita chaves de acesso ou está com os scripts desativados. Escolha outro método ou use outro navegador.
factors-passkey-refused = Essa chave de acesso não foi aceita.
    .more = Tente de novo ou escolha outro método.
factors-passkey-late = Isso demorou demais.
    .more = Tente de novo: esta página acabou de ser atualizada.
factors-passkey-exists = Você já tem essa chave de acesso.
    .more = Use outro dispositivo ou outra chave de segurança.
factors-passkey-copied = Essa chave de acesso não foi aceita: talvez exista uma cópia dela.
    .more = Escolha outro método e depois remova esta chave de acesso e crie uma nova.

## App autenticador

factors-totp-name = App autenticador
factors-totp-choice = Um código de um app no seu celular.
factors-totp-enrol-title = Configure um app autenticador
factors-totp-enrol-lead = A partir de agora, o login exige sua senha e um código de um app no seu celular. A configuração é feita uma vez só e leva cerca de dois minutos.
factors-totp-adding-lead = Adicione sua conta a um app e depois digite um código que ele mostra. Leva cerca de dois minutos.
factors-totp-get = Instale um app
factors-totp-get-lead = Qualquer app autenticador serve: Google Authenticator, Microsoft Authenticator, 2FAS, Aegis, 1Password ou Bitwarden, por exemplo. Se você já tem um, use esse.
factors-totp-add = Adicione esta conta ao app
factors-totp-scan = No app, escolha adicionar uma conta e escaneie este código.
factors-totp-qr = QR code que adiciona esta conta a um app autenticador. A chave mais abaixo faz a mesma coisa.
factors-totp-same-phone = Está lendo isto nesse celular?
factors-totp-same-phone-link = Adicione a conta ao app por aqui
factors-totp-by-hand = Não consegue escanear?
factors-totp-by-hand-lead = Escolha digitar uma chave manualmente e informe:
factors-totp-account = Conta
factors-totp-key = Chave
factors-totp-type = Tipo
factors-totp-type-value = Baseado em tempo, 6 dígitos
factors-totp-enter = Digite o código que ele mostra
factors-totp-code-title = Digite seu código
factors-totp-code-lead = Abra o app autenticador no seu celular e procure o código de { $account }.
factors-totp-code-label = Código do app
factors-totp-code-hint = 6 dígitos. Ele muda a cada 30 segundos.
factors-totp-missing = Digite o código de 6 dígitos do seu app autenticador.
factors-totp-malformed = O código tem 6 dígitos, como 123 456.
    .more = Digite o que seu app mostra agora.
factors-totp-wrong = Esse código não está certo.
    .more = Digite o código mais recente que seu app mostra para esta conta.
factors-totp-used = Esse código já foi usado.
    .more = Espere o próximo: seu app mostra um novo código a cada 30 segundos.
factors-totp-clock-behind = { $count ->
        [one] O relógio do seu dispositivo está cerca de { $count } minuto atrasado.
       *[other] O relógio do seu dispositivo está cerca de { $count } minutos atrasado.
    }
    .more = Coloque a data e a hora no automático e digite um novo código.
factors-totp-clock-ahead = { $count ->
        [one] O relógio do seu dispositivo está cerca de { $count } minuto adiantado.
       *[other] O relógio do seu dispositivo está cerca de { $count } minutos adiantado.
    }
    .more = Coloque a data e a hora no automático e digite um novo código.

## Códigos de backup

factors-backup-name = Códigos de backup
factors-backup-choice = Um dos códigos que você salvou ao configurar o login.
factors-backup-new-title = Salve seus códigos de backup
factors-backup-new-lead = Se você perder o celular, um destes códigos permite fazer login. Cada um funciona uma única vez. Eles só são mostrados agora.
factors-backup-download = Baixar
factors-backup-copy = Copiar
factors-backup-copied = Códigos copiados.
factors-backup-print = Imprimir
factors-backup-saved = Salvei estes códigos em um lugar seguro
factors-backup-unsaved = Confirme que você salvou os códigos.
    .more = Eles não serão mostrados de novo.
factors-backup-file = Códigos de backup de { $site }. Cada um funciona uma única vez.
factors-backup-file-name = codigos-de-backup
factors-backup-ask-title = Digite um código de backup
factors-backup-ask-lead = Use um dos códigos que você salvou para { $account }.
factors-backup-label = Código de backup
factors-backup-left = { $count ->
    [one] 16 letras e dígitos. Resta { $count } código.
   *[other] 16 letras e dígitos. Restam { $count } códigos.
}
factors-backup-missing = Digite um dos seus códigos de backup.
factors-backup-malformed = Um código de backup tem 16 letras e dígitos, como ABCD-EFGH-1234-5678.
factors-backup-wrong = Esse não é um dos seus códigos de backup.
    .more = Se você criou outros depois, os antigos não funcionam mais.
factors-backup-used = Esse código já foi usado.
    .more = Digite outro.

## Perguntas de segurança

factors-questions-name = Perguntas de segurança
factors-questions-choice = Respostas que só você deveria saber.
factors-questions-enrol-title = Configure perguntas de segurança
factors-questions-enrol-lead = Pergunta { $number } de { $count }. Escolha uma cuja resposta ninguém mais possa descobrir ou adivinhar e que você vá lembrar palavra por palavra.
factors-questions-question = Pergunta
factors-questions-choose = Escolha uma pergunta
factors-questions-concert = Qual foi o primeiro show ou espetáculo a que você foi sem seus pais?
factors-questions-by-heart = Que livro ou filme você sabia de cor na infância?
factors-questions-teacher = Qual era o nome do primeiro docente de quem você se lembra?
factors-questions-sunrise = Onde você estava quando viu o sol nascer pela última vez?
factors-questions-food = Qual foi a comida mais estranha que você já comeu?
factors-questions-ten = O que você queria ser quando tinha dez anos?
factors-questions-bought = Qual foi a primeira coisa que você comprou com dinheiro que ganhou?
factors-questions-place = Que lugar você gostaria de rever?
factors-questions-answer = Sua resposta
factors-questions-answer-hint = Letras maiúsculas e espaços a mais não fazem diferença. A resposta não precisa ser verdadeira: só precisa ser sempre a mesma.
factors-questions-show = Mostrar o que eu digito
factors-questions-ask-title = Responda às suas perguntas de segurança
factors-questions-ask-lead = Você configurou estas perguntas para { $account }.
factors-questions-unchosen = Escolha uma pergunta.
factors-questions-answer-missing = Digite uma resposta.
factors-questions-too-short = Essa resposta é curta demais.
    .more = Use pelo menos 3 letras ou dígitos.
factors-questions-too-long = Essa resposta é longa demais.
    .more = Use no máximo 200 caracteres.
factors-questions-common = Essa resposta é uma das que outras pessoas tentam primeiro.
    .more = Escolha uma que só você daria.
factors-questions-of-question = Essa resposta só repete a pergunta.
    .more = Escolha outra.
factors-questions-of-customer = Essa resposta é seu nome, seu endereço ou o nome desta central de ajuda.
    .more = Outras pessoas sabem disso: escolha outra.
factors-questions-again = Você já deu essa resposta.
    .more = Cada pergunta precisa de uma resposta própria.
factors-questions-missing = Responda a todas as perguntas.
factors-questions-wrong = Não está certo.
    .more = Pelo menos uma resposta é diferente da que você configurou. Confira todas e tente de novo.
factors-questions-changed = Suas respostas não foram verificadas.
    .more = Tente de novo; se você configurou novas respostas nesse meio-tempo, cancele e faça login outra vez.

## YubiKeys

factors-yubikey-name = YubiKey
factors-yubikey-choice = Um toque em uma YubiKey, que digita uma senha de uso único.
factors-yubikey-enrol-title = Configure uma YubiKey
factors-yubikey-enrol-lead = A partir de agora, o login exige sua senha e um toque na sua YubiKey.
factors-yubikey-ask-title = Toque na sua YubiKey
factors-yubikey-ask-lead = Use uma YubiKey que você configurou para { $account }.
factors-yubikey-label = Senha de uso único
factors-yubikey-hint = Conecte a YubiKey, selecione este campo e toque no contato dourado. Ela digita a senha e a envia.
factors-yubikey-missing = Toque na sua YubiKey com este campo selecionado.
factors-yubikey-malformed = Isso não é o que uma YubiKey digita.
    .more = Esvazie o campo, selecione-o e toque na YubiKey uma vez.
factors-yubikey-foreign = Essa YubiKey não está configurada para você.
    .more = Use uma das suas ou outro método.
factors-yubikey-wrong = Essa senha de uso único não está certa.
    .more = Toque na sua YubiKey de novo.
factors-yubikey-used = Essa senha de uso único já foi usada.
    .more = Toque na sua YubiKey de novo.
factors-yubikey-away = Sua YubiKey não pode ser verificada no momento. A culpa não é sua.
    .more = Toque nela de novo em um minuto ou use outro método.

## Duo

factors-duo-name = Duo
factors-duo-choice = Aprove o login com o Duo Mobile ou outro método que você tenha no Duo.
factors-duo-enrol-title = Configure o Duo
factors-duo-enrol-lead = O Duo pede sua aprovação uma vez, como { $account }. Depois disso, o login exige sua senha e sua aprovação no Duo.
factors-duo-ask-title = Aprove com o Duo
factors-duo-ask-lead = O Duo pede que você aprove o login de { $account } e traz você de volta para cá.
factors-duo-go = Continuar para o Duo
factors-duo-denied = O Duo informa que isso foi recusado.
    .more = Se foi um engano, tente de novo.
factors-duo-ended = Nada foi aprovado no Duo.
    .more = Tente de novo ou use outro método.
factors-duo-stale = Essa aprovação expirou ou já foi usada.
    .more = Tente de novo.
factors-duo-foreign = A resposta do Duo não pertence a este login.
    .more = Tente de novo a partir daqui.
factors-duo-away = O Duo não está respondendo no momento. A culpa não é sua.
    .more = Tente de novo em um minuto ou use outro método.

## Códigos por e-mail e por SMS

factors-sent-none-title = Nenhum código foi enviado
factors-sent-label = Código
factors-sent-hint = { $count ->
    [one] 6 dígitos. Ele funciona uma única vez e expira em { $count } minuto.
   *[other] 6 dígitos. Ele funciona uma única vez e expira em { $count } minutos.
}
factors-sent-again = Enviar um novo código
factors-sent-missing = Digite o código de 6 dígitos que foi enviado a você.
factors-sent-malformed = O código tem 6 dígitos, como 123 456.
factors-sent-wrong = Esse código não está certo.
    .more = Digite o mais recente que foi enviado a você; os anteriores não funcionam mais.
factors-sent-expired = Esse código é antigo demais.
    .more = Peça um novo.
factors-sent-none = Não há nenhum código que ainda funcione.
    .more = Peça um novo.
factors-sent-too-many = Muitos códigos foram enviados a você.
    .more = { $count ->
        [one] Outro poderá ser enviado em { $count } minuto.
       *[other] Outro poderá ser enviado em { $count } minutos.
    }

factors-email-name = Código por e-mail
factors-email-choice = Um código enviado para seu endereço de e-mail.
factors-email-title = Digite o código do e-mail
factors-email-lead = Um código foi enviado para { $to }. Se ele não chegar em um minuto, procure na pasta de spam.
factors-email-none = Não foi possível enviar um código para { $to } agora.
factors-email-refused = O servidor do seu endereço recusa os e-mails que enviamos.
    .more = Use outro método ou fale com os responsáveis pela sua central de ajuda.

factors-sms-name = Código por SMS
factors-sms-choice = Um código enviado por SMS para seu celular.
factors-sms-enrol-title = Configure os códigos por SMS
factors-sms-enrol-lead = A partir de agora, o login exige sua senha e um código enviado para seu celular.
factors-sms-number = Número de celular
factors-sms-number-hint = Com o código do país, como +55 11 91234 5678.
factors-sms-send = Enviar um código
factors-sms-title = Digite o código que chegou ao seu celular
factors-sms-lead = Um SMS com um código foi enviado para { $to }.
factors-sms-none = Não foi possível enviar um código para { $to } agora.
factors-sms-another = Usar outro número
factors-sms-number-missing = Digite seu número de celular.
factors-sms-number-character = Esse número contém algo que não faz parte de um número de telefone.
    .more = Use dígitos, com um sinal de mais na frente.
factors-sms-number-country = Digite o número com o código do país.
    .more = Ele começa com um sinal de mais, como +55 11 91234 5678.
factors-sms-number-short = Esse número é curto demais.
    .more = Confira se não falta nenhum dígito.
factors-sms-number-long = Esse número é longo demais.
    .more = Um número de telefone tem no máximo 15 dígitos.
factors-sms-refused = Não foi possível entregar o SMS.
    .more = Peça um novo código ou use outro método.
factors-sms-text = Use { $code } para fazer login em { $site }. Nunca compartilhe este SMS.
factors-sms-text-short = Use { $code } para fazer login. Nunca compartilhe este SMS.
