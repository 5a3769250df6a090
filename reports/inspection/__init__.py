"""«Папка для проверки»: papers of a period by дело as one ZIP with its inventory; «Папка программы» of one program."""
