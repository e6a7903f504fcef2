"""What a reader sees: charts, printed tables and explanations, in Chinese and in English. 呈现"""
