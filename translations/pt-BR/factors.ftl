# Segundos fatores: como se chamam, como são configurados e pedidos.

factors-sign-in = Fazer login
factors-confirm = Confirmar e fazer login
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

## App autenticador

factors-totp-name = App autenticador
factors-totp-choice = Um código de um app no seu celular.
factors-totp-enrol-title = Configure um app autenticador
factors-totp-enrol-lead = A partir de agora, o login exige sua senha e um código de um app no seu celular. A configuração é feita uma vez só e leva cerca de dois minutos.
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
