"""The model: one poor mountain village, month by month. 村庄模型"""
